import { ContentType, type HeaderInfo } from '@aws-crypto/serialize';
import { AppError } from '../../../shared/model/errors';
import { headerBytesOf, readHeader } from './header';

/**
 * Passes a message on and checks how it is built while it goes by: frames in their order, none cut
 * off, nothing after the last. The library finds altered bytes, but says neither where, nor does it
 * mind what follows the end. Throws AppError `not-authentic`.
 */
export async function* checkFrames(
  message: AsyncIterable<Buffer>,
  onHeader: (info: HeaderInfo) => void = () => {},
): AsyncGenerator<Buffer> {
  const walk = createWalk(onHeader);
  for await (const chunk of message) {
    walk.feed(chunk);
    yield chunk;
  }
  walk.end();
}

/** What stands at the reader's place, and how many bytes of it are needed at once. */
interface Step {
  readonly bytes: number;
  read(bytes: Buffer): After;
}
/** Bytes to pass over, then the next step; `end` where nothing more may follow. */
type After = { readonly skip: number; readonly next: Step | 'end' };

function createWalk(onHeader: (info: HeaderInfo) => void) {
  let kept: Buffer = Buffer.alloc(0);
  let skip = 0;
  let step: Step | 'header' | 'end' = 'header';
  let frame = 0;

  function readBody(info: HeaderInfo): Step {
    const { contentType } = info.messageHeader;
    return contentType === ContentType.NO_FRAMING ? single(info) : nextFrame(info, 1);
  }

  function nextFrame(info: HeaderInfo, expected: number): Step {
    frame = expected;
    const { frameLength } = info.messageHeader;
    const { ivLength } = info.algorithmSuite;
    const tag = info.algorithmSuite.tagLength / 8;
    return {
      bytes: 4,
      read(bytes) {
        const sequence = bytes.readUInt32BE(0);
        if (sequence === lastFrame) return { skip: 0, next: finalFrame(info, expected) };
        if (sequence !== expected) throw outOfOrder(sequence, expected);
        return { skip: ivLength + frameLength + tag, next: nextFrame(info, expected + 1) };
      },
    };
  }

  function finalFrame(info: HeaderInfo, expected: number): Step {
    const { ivLength } = info.algorithmSuite;
    const tag = info.algorithmSuite.tagLength / 8;
    return {
      bytes: 4 + ivLength + 4,
      read(bytes) {
        const sequence = bytes.readUInt32BE(0);
        if (sequence !== expected) throw outOfOrder(sequence, expected);
        const length = bytes.readUInt32BE(4 + ivLength);
        if (length > info.messageHeader.frameLength) {
          throw refused(`Frame ${expected} says that it is longer than a frame can be.`);
        }
        return { skip: length + tag, next: footer(info) };
      },
    };
  }

  function single(info: HeaderInfo): Step {
    const { ivLength } = info.algorithmSuite;
    const tag = info.algorithmSuite.tagLength / 8;
    return {
      bytes: ivLength + 8,
      read(bytes) {
        const length = Number(bytes.readBigUInt64BE(ivLength));
        return { skip: length + tag, next: footer(info) };
      },
    };
  }

  /** A signed message ends with its signature. */
  function footer({ algorithmSuite }: HeaderInfo): Step | 'end' {
    if (!algorithmSuite.signatureCurve) return 'end';
    return { bytes: 2, read: (bytes) => ({ skip: bytes.readUInt16BE(0), next: 'end' }) };
  }

  return {
    feed(chunk: Buffer): void {
      let rest = chunk;
      while (rest.length > 0 || (step !== 'header' && step !== 'end' && skip === 0 && ready())) {
        if (skip > 0) {
          const passed = Math.min(skip, rest.length);
          skip -= passed;
          rest = rest.subarray(passed);
          continue;
        }
        if (step === 'end') throw refused('Something follows the end of the message.');
        if (step === 'header') {
          kept = Buffer.concat([kept, rest]);
          const info = readHeader(kept);
          if (!info) return;
          onHeader(info);
          rest = kept.subarray(headerBytesOf(info));
          kept = Buffer.alloc(0);
          step = readBody(info);
          continue;
        }
        const wanted = step.bytes - kept.length;
        kept = Buffer.concat([kept, rest.subarray(0, wanted)]);
        rest = rest.subarray(Math.min(wanted, rest.length));
        if (kept.length < step.bytes) return;
        ({ skip, next: step } = step.read(kept));
        kept = Buffer.alloc(0);
      }
    },
    end(): void {
      if (step === 'header') throw refused('The file ends within its header: it was cut off.');
      if (step !== 'end' || skip > 0) {
        throw refused(
          step === 'end'
            ? 'The file ends within its last frame: it was cut off.'
            : `The file ends within or after frame ${Math.max(1, frame - (skip > 0 ? 1 : 0))}, before its last: it was cut off.`,
        );
      }
    },
  };

  function ready(): boolean {
    return step !== 'header' && step !== 'end' && kept.length >= step.bytes;
  }
}

/** The sequence number that tells of the last frame. */
const lastFrame = 0xffffffff;

function outOfOrder(sequence: number, expected: number): AppError {
  return refused(
    `Frame ${sequence} stands where frame ${expected} belongs: frames were swapped, repeated or left out.`,
  );
}

function refused(message: string): AppError {
  return new AppError('not-authentic', message);
}

import type { Connection } from '../net/types';
import { RecordReader, contentType } from '../wire/records';

/** What comes after a packet of ours: a record (of which only kind and length are kept), or the end. */
export type Answer =
  | { readonly kind: 'alert'; readonly description: number }
  | { readonly kind: 'record'; readonly type: number; readonly length: number }
  | { readonly kind: 'closed' | 'reset' | 'timeout' | 'limit' }
  | { readonly kind: 'garbage' };

/** More records than a server has reason to send after a broken handshake. */
const maxAnswers = 16;

/**
 * Reads what the server answers until it ends the connection, says nothing for `timeoutMs` (the
 * connection's own limit where absent), or has said more than it should. The last one says how it ended.
 */
export async function readAnswers(connection: Connection, timeoutMs?: number): Promise<Answer[]> {
  const records = new RecordReader();
  const answers: Answer[] = [];
  for (;;) {
    const record = records.next();
    if (!record) {
      const outcome = await connection.read(timeoutMs);
      if (outcome.kind !== 'data') return [...answers, outcome];
      records.push(outcome.bytes);
      continue;
    }
    if ('garbage' in record) return [...answers, { kind: 'garbage' }];
    answers.push(answerOf(record.type, record.payload));
    // Another server's memory may be in there.
    record.payload.fill(0);
    if (answers.length === maxAnswers) return [...answers, { kind: 'limit' }];
  }
}

function answerOf(type: number, payload: Buffer): Answer {
  const description = payload[1];
  if (type === contentType.alert && payload.length === 2 && description !== undefined) {
    return { kind: 'alert', description };
  }
  return { kind: 'record', type, length: payload.length };
}

/** An alert's description (RFC 5246 section 7.2). */
export const alert = { badRecordMac: 20, decryptionFailed: 21 } as const;

/** `alert 20, closed`: what an observer can tell apart. */
export function describeAnswers(answers: readonly Answer[]): string {
  return answers.map(describe).join(', ');
}

function describe(answer: Answer): string {
  if (answer.kind === 'alert') return `alert ${answer.description}`;
  if (answer.kind === 'record') {
    return `record of type ${answer.type} with ${answer.length} bytes`;
  }
  return answer.kind === 'timeout' ? 'silence' : answer.kind;
}

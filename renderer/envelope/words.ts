import type { LucideIcon } from 'lucide-react';
import { CircleCheck, CircleDot, CircleSlash, CircleX, LoaderCircle } from 'lucide-react';
import type { EnvelopeFormat } from '../../shared/model/envelope/formats';
import type { ItemResult } from '../../shared/model/envelope/jobs';
import type { Tone } from '../ui';

/** Bytes as a person reads them: `12.4 MiB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** `about 40 s left`, or nothing where the speed is not known yet. */
export function remaining(done: number, expected: number, bytesPerSecond: number): string {
  if (bytesPerSecond <= 0 || expected <= done) return '';
  const seconds = Math.ceil((expected - done) / bytesPerSecond);
  if (seconds < 90) return `about ${seconds} s left`;
  return `about ${Math.ceil(seconds / 60)} min left`;
}

/** How the state of a file in a batch is shown. */
export const itemLooks: Readonly<
  Record<ItemResult['state'], { word: string; icon: LucideIcon; tone: Tone }>
> = {
  waiting: { word: 'Waiting', icon: CircleDot, tone: 'quiet' },
  running: { word: 'Working', icon: LoaderCircle, tone: 'info' },
  done: { word: 'Done', icon: CircleCheck, tone: 'pass' },
  failed: { word: 'Failed', icon: CircleX, tone: 'fail' },
  cancelled: { word: 'Cancelled', icon: CircleSlash, tone: 'quiet' },
};

/** The formats by name. */
export const formatNames: Readonly<Record<EnvelopeFormat, string>> = {
  simple: 'Simple envelope (JSON)',
  esdk: 'AWS Encryption SDK message',
};

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  forgetFailure,
  nextTry,
  noteFailure,
  waitAfterFailureMs,
} from '../../../electron/launch/failedDownloads';
import { temporaryFolder } from './temporary';

const now = Date.UTC(2026, 10, 23);

function noted() {
  const file = join(temporaryFolder(), 'cache', 'note.json');
  noteFailure(file, 'electron 1', now);
  return file;
}

test('a download that failed is not tried again within the hour', () => {
  const file = noted();
  expect(nextTry(file, 'electron 1', now + 1)).toEqual(new Date(now + waitAfterFailureMs));
  expect(nextTry(file, 'electron 1', now + waitAfterFailureMs)).toBeUndefined();
});

test('another download is tried at once', () => {
  expect(nextTry(noted(), 'electron 1 mirror', now + 1)).toBeUndefined();
});

test('a clock that was set back does not block', () => {
  expect(nextTry(noted(), 'electron 1', now - 1)).toBeUndefined();
});

test('a forgotten or broken note does not block', () => {
  const file = noted();
  forgetFailure(file);
  expect(nextTry(file, 'electron 1', now)).toBeUndefined();
  writeFileSync(file, '{"what":');
  expect(nextTry(file, 'electron 1', now)).toBeUndefined();
});

import { assert, nat, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { noStaticKeys } from '../../../shared/model/readiness/checks/at-rest/noStaticKeys';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import type { ScannedPlace } from '../../../shared/model/secrets';
import { contextAt } from './fixtures/evidence';
import { scannedFiles } from './fixtures/secrets';

const verdictOf = (change: Partial<ScannedPlace>) =>
  judgeCheck(noStaticKeys, scannedFiles(change), contextAt(0)).verdict;

it('cannot be told where a file could not be read, and names how many', () => {
  expect(verdictOf({ unread: 3 })).toMatchObject({ value: 'cannot-tell' });
  expect(verdictOf({ unread: 3 }).reason).toContain('3 could not be read');
});

it('says beside a pass what was not looked at, and what was declared to be no secret', () => {
  const { value, reason } = verdictOf({ ignored: 2 });
  expect(value).toBe('pass');
  expect(reason).toContain('2 declared to be no secret');
  expect(reason).toContain('40 ignored, 1 over 2 MiB, 3 binary');
});

it('passes only where every file was read and nothing that counts was found', () => {
  const counts = record({ files: nat(3), found: nat(2), unread: nat(2), ignored: nat(2) });
  assert(
    property(counts, (drawn) => {
      const passes = drawn.files > 0 && drawn.found === 0 && drawn.unread === 0;
      expect(verdictOf(drawn).value === 'pass').toBe(passes);
    }),
  );
});

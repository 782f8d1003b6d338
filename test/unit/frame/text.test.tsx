import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scopeSummary } from '../../../renderer/accounts/scopeSummary';
import { copiedWords } from '../../../renderer/app/copy';
import { percentProblem, tagProblem } from '../../../renderer/settings/problems';
import { formatTime, keyCaps, localOffset } from '../../../renderer/ui';
import type { Connection } from '../../../shared/contract/accounts';

describe('times', () => {
  const at = new Date('2026-11-23T15:04:05.678Z');

  test('are as precise as asked', () => {
    expect(formatTime(at, 'utc', 'second')).toBe('2026-11-23 15:04:05');
    expect(formatTime(at, 'utc', 'minute')).toBe('2026-11-23 15:04');
    expect(formatTime(at, 'utc', 'date')).toBe('2026-11-23');
  });

  test('in the local zone are what this machine says', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (date) => {
          const [day = '', time = ''] = formatTime(date, 'local', 'second').split(' ');
          const pad = (value: number) => String(value).padStart(2, '0');
          expect(day.slice(-2)).toBe(pad(date.getDate()));
          expect(time).toBe(
            [date.getHours(), date.getMinutes(), date.getSeconds()].map(pad).join(':'),
          );
        },
      ),
    );
  });

  test('know their distance from UTC', () => {
    expect(localOffset(at)).toMatch(/^[+-]\d\d:\d\d$/);
  });
});

test('a toast says what was copied in one line', () => {
  expect(copiedWords('arn:aws:kms:eu-central-1:1:key/a')).toBe('arn:aws:kms:eu-central-1:1:key/a');
  expect(copiedWords('arn:one\narn:two\narn:three')).toBe('arn:one and 2 more');
  expect(copiedWords(JSON.stringify({ Version: '2012-10-17' }, null, 2))).toBe('3 lines');
  expect(copiedWords('x'.repeat(100))).toBe(`${'x'.repeat(80)}\u2026`);
});

test('keys are written as the keyboard has them', () => {
  expect(keyCaps('mod+k', false)).toEqual(['Ctrl', 'K']);
  expect(keyCaps('mod+k', true)).toEqual(['\u2318', 'K']);
  expect(keyCaps('g k', false)).toEqual(['G', 'K']);
  expect(keyCaps('Escape', false)).toEqual(['Esc']);
});

test('settings that make no sense are told', () => {
  expect(percentProblem('10')).toBeUndefined();
  for (const text of ['0', '101', '1.5', '', 'ten', '-3']) {
    expect(percentProblem(text), text).toBeTruthy();
  }
  expect(tagProblem('Environment')).toBeUndefined();
  expect(tagProblem('   ')).toBeTruthy();
  expect(tagProblem('x'.repeat(129))).toBeTruthy();
});

describe('the scope in the title bar', () => {
  const connection = (id: string, regions: string[]): Connection => ({
    id,
    kind: 'profile',
    name: id,
    source: 'static',
    chosen: true,
    regions,
  });

  test('names the one account and its Region', () => {
    const identity = { connection: 'prod', accountId: '1', arn: '', userId: '', asOf: '' };
    const known = { prod: { status: 'known' as const, identity } };
    expect(scopeSummary([connection('prod', ['eu-west-1'])], known, 'ready')).toEqual({
      title: 'prod',
      detail: '1 \u00b7 eu-west-1',
    });
  });

  test('counts accounts and distinct Regions', () => {
    const chosen = [connection('a', ['eu-west-1', 'us-east-1']), connection('b', ['us-east-1'])];
    expect(scopeSummary(chosen, {}, 'ready')).toEqual({ title: '2 accounts', detail: '2 Regions' });
  });

  test('says that nothing is chosen', () => {
    expect(scopeSummary([], {}, 'ready').title).toBe('No account chosen');
  });
});

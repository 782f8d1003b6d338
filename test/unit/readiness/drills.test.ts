import { describe, expect, it } from 'vitest';
import { drillFindings } from '../../../shared/model/readiness/checks/recovery/drillFindings';
import { drillRecent } from '../../../shared/model/readiness/checks/recovery/drillRecent';
import { judgeCheck } from '../../../shared/model/readiness/judge/judgeCheck';
import type { DrillFindingFact, DrillRecord } from '../../../shared/model/readiness/sources';
import { contextAt, drills } from './fixtures/evidence';

const judged = (check: typeof drillRecent, more: Partial<DrillRecord>) => {
  const { verdict, items } = judgeCheck(check, drills({}, more), contextAt(0));
  return {
    value: verdict.value,
    items: items.map((item) => [item.subject.name, item.verdict.value]),
  };
};

describe('drills in readiness', () => {
  it('fail with a plan that is overdue, though another drill was closed lately', () => {
    const plans = [
      { id: 'p1', name: 'Quarterly', due: '2027-01-30T00:00:00.000Z' },
      { id: 'p2', name: 'Region loss', due: '2026-11-20T00:00:00.000Z' },
    ];
    expect(judged(drillRecent, { plans })).toEqual({
      value: 'fail',
      items: [
        ['The organisation', 'pass'],
        ['Quarterly', 'pass'],
        ['Region loss', 'fail'],
      ],
    });
  });

  it('fail with each open finding of any drill, and cannot tell of one that was not retested', () => {
    const finding = (id: string, state: DrillFindingFact['state']): DrillFindingFact => ({
      id,
      text: `Finding ${id}`,
      owner: 'A. Officer',
      due: '2026-11-20',
      drill: 'd-0',
      drillName: 'An older drill',
      state,
    });
    const findings = [finding('1', 'open'), finding('2', 'resolved')];
    expect(judged(drillFindings, { findings })).toEqual({
      value: 'fail',
      items: [
        ['The organisation', 'pass'],
        ['Finding 1', 'fail'],
        ['Finding 2', 'cannot-tell'],
      ],
    });
    expect(judged(drillFindings, { findings: [finding('2', 'resolved')] }).value).toBe(
      'cannot-tell',
    );
  });
});

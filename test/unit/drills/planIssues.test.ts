import { describe, expect, it } from 'vitest';
import type { PlanBody } from '../../../shared/model/drills/plan';
import { planIssues } from '../../../shared/model/drills/planIssues';
import { planFromTemplate } from '../../../shared/model/drills/templates';

const sha256 = 'ab'.repeat(32);
const scope = {
  connection: 'practice',
  region: 'eu-central-1',
  replicaRegion: 'eu-west-1',
  keys: [],
};
const whole = planFromTemplate('account-loss', {
  scope,
  identities: { backup: 'practice:partner-operator' },
});
const regionLoss = planFromTemplate('region-loss', { scope });
const changed = (change: Partial<PlanBody>) => planIssues({ ...whole, ...change });

describe('what is wrong with a plan', () => {
  it('is nothing where all is there, whichever object is restored', () => {
    expect(planIssues(whole)).toEqual([]);
    expect(planIssues(regionLoss)).toEqual([]);
    const restore = { bucket: 'archive', key: 'a/b.json', versionId: 'v1', sha256 };
    expect(changed({ restore })).toEqual([]);
    expect(changed({ restoreFile: { path: '/srv/backup/a.json', sha256 } })).toEqual([]);
    expect(changed({ restoreFile: { path: String.raw`C:\backup\a.json`, sha256 } })).toEqual([]);
  });

  it('is said by the names of the fields', () => {
    const restore = { bucket: 'Archive', key: '', sha256: 'no hash' };
    expect(changed({ restore })).toEqual([
      'Bucket of the object to restore: A bucket’s name has 3 to 63 small letters, digits, dots and hyphens.',
      'Key of the object to restore: It is empty.',
      'SHA-256 of what must come out: A SHA-256 is of 64 hex digits.',
    ]);
    expect(changed({ restoreFile: { path: 'a.json', sha256 } })).toEqual([
      'File to restore: A file is named by its whole path.',
    ]);
    const massRestore = { dataKeys: 0.5, quotaPercent: 101, withinHours: 0, what: ' ' };
    expect(planIssues({ ...regionLoss, massRestore })).toEqual([
      'Data keys: It is a whole number.',
      'Share of the quota: It is 100 at most.',
      'What is opened again: It is empty.',
      'Hours for all of it: It is 1 at least.',
    ]);
    const [first, ...others] = whole.objectives;
    const objectives = [{ ...first, id: 'account', text: '', criterion: '', steps: [] }, ...others];
    expect(changed({ objectives })).toEqual([
      'Objective 1, what is to be shown: It is empty.',
      'Objective 1, what counts as met: It is empty.',
      'Objective 1, the steps that show it: Choose a step that shows it.',
    ]);
    expect(changed({ objectives: [] })).toEqual(['Objectives: A drill is to show something.']);
  });

  it('is also what does not fit together', () => {
    const restoreFile = { path: '/srv/backup/a.json', sha256 };
    expect(changed({ restore: { bucket: 'archive', key: 'a', sha256 }, restoreFile })).toEqual([
      'One thing is restored: name an object or a file, not both.',
    ]);
    expect(planIssues({ ...regionLoss, restoreFile })).toEqual([
      'An object to restore is named, and no step restores it.',
    ]);
    const steps = whole.steps.filter(({ kind }) => kind !== 'backup-account');
    expect(changed({ steps })).toEqual([
      'The objective “Another account opens the data” names a step backup-account that is not there.',
    ]);
  });
});

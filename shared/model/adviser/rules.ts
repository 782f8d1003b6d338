import type { Answers } from './questions';
import type { ScenarioId } from './scenario';

/** One way to a row of the matrix: the first rule that fits, decides. */
export interface Rule {
  readonly id: string;
  /** When it fits, for people: docs/adviser.md has the same. */
  readonly when: string;
  readonly fits: (answers: Answers) => boolean;
  readonly scenario: ScenarioId;
  readonly reason: string;
}

export const rules: readonly Rule[] = [
  {
    id: 'users-only',
    when: 'Nobody but the users may read it',
    fits: ({ readers }) => readers === 'users',
    scenario: 'mobile-sync',
    reason:
      'Nobody but the users themselves may read it: it has to be encrypted before anything of yours sees it, with keys that your account does not have.',
  },
  {
    id: 'device',
    when: 'It lives on the devices of users',
    fits: ({ where }) => where === 'device',
    scenario: 'mobile-sync',
    reason:
      'It lives on devices that you do not run, in networks that you do not know: it is protected before it leaves them.',
  },
  {
    id: 'moving',
    when: 'It is only on the way between services',
    fits: ({ where }) => where === 'moving',
    scenario: 'microservices',
    reason: 'It is only on the way: what has to be protected is the way, and who is at its ends.',
  },
  {
    id: 'slow-stream',
    when: 'A stream that is not fast, sensitive beyond whom it is about',
    fits: ({ where, speed, sensitive }) =>
      where === 'stream' && speed !== 'fast' && sensitive !== 'identities',
    scenario: 'object-storage',
    reason:
      'The stream is slow enough to encrypt its payload, and anonymization would leave what is sensitive in it.',
  },
  {
    id: 'stream',
    when: 'Any other stream',
    fits: ({ where }) => where === 'stream',
    scenario: 'telemetry',
    reason:
      'It is a stream: TLS protects it on the way at any speed, and what is not kept of a person need not be encrypted.',
  },
  {
    id: 'copies',
    when: 'It lives in backups or archives',
    fits: ({ where }) => where === 'copies',
    scenario: 'backup-archives',
    reason:
      'It is a copy for a bad day: that its key is there on that day counts more than how fast it is.',
  },
  {
    id: 'database',
    when: 'It lives in a database',
    fits: ({ where }) => where === 'database',
    scenario: 'relational-database',
    reason:
      'It is queried: storage encryption leaves the queries alone, and only the columns that need it are closed to them.',
  },
  {
    id: 'archives',
    when: 'Objects that are seldom used and must survive a loss',
    fits: ({ where, speed, survive }) =>
      where === 'objects' && speed === 'seldom' && survive !== 'no',
    scenario: 'backup-archives',
    reason:
      'The objects are seldom used and must survive: they are archives, whatever they are called.',
  },
  {
    id: 'objects',
    when: 'Any other objects',
    fits: ({ where }) => where === 'objects',
    scenario: 'object-storage',
    reason: 'Objects are encrypted one by one, and read far more often than keys change.',
  },
];

/** What comes on top of the recommendation, for one of the answers. */
export interface Addition {
  readonly what: string;
  readonly why: string;
  readonly link?: { readonly to: string; readonly label: string };
  /** Checks that apply because of it. */
  readonly checks: readonly string[];
}

interface AdditionRule extends Addition {
  readonly fits: (answers: Answers, scenario: ScenarioId) => boolean;
}

/** KMS keys of the account open it: what is added to them makes sense. */
const underKms = (scenario: ScenarioId) =>
  scenario !== 'microservices' && scenario !== 'mobile-sync';

export const additionRules: readonly AdditionRule[] = [
  {
    fits: ({ survive }, scenario) =>
      survive === 'region' && underKms(scenario) && scenario !== 'backup-archives',
    what: 'A multi-Region key, with a replica where the copy of the data is.',
    why: 'It must survive the loss of a Region: a copy under a key of the lost Region cannot be opened.',
    link: { to: '/readiness?check=primary-has-replica', label: 'Multi-Region keys' },
    checks: ['primary-has-replica', 'replicas-agree', 'drill-recent'],
  },
  {
    fits: ({ survive }, scenario) => survive === 'account' && underKms(scenario),
    what: 'A copy under a key of another account.',
    why: 'It must survive the loss of the account: replicas of a multi-Region key are in the same account and go with it.',
    link: { to: '/drills', label: 'Drills' },
    checks: ['backups-elsewhere', 'drill-recent', 'drill-passed'],
  },
  {
    fits: ({ readers }, scenario) => readers === 'accounts' && underKms(scenario),
    what: 'The other accounts in the key policy by name, each with Decrypt and nothing more.',
    why: 'Other accounts read it. Their requests count against their own quota, and are billed to them.',
    link: { to: '/readiness?check=policy-other-accounts', label: 'Other accounts' },
    checks: ['policy-other-accounts', 'grants-to-others', 'grants-not-passed-on'],
  },
  {
    fits: ({ sensitive }, scenario) => sensitive === 'fields' && scenario === 'object-storage',
    what: 'The sensitive fields encrypted by themselves, under a second key.',
    why: 'Only a few fields are sensitive: who needs the rest should not be able to open them.',
    checks: ['data-classified', 'policy-separation'],
  },
  {
    fits: ({ sensitive }, scenario) =>
      sensitive === 'identities' && scenario !== 'telemetry' && scenario !== 'mobile-sync',
    what: 'Names and ids replaced before it is kept or sent on.',
    why: 'Only whom it is about is sensitive: what is not there needs no key.',
    checks: ['data-classified'],
  },
  {
    fits: ({ speed, sensitive }, scenario) =>
      scenario === 'telemetry' && speed === 'fast' && sensitive !== 'identities',
    what: 'Batches encrypted under a cached data key where it is kept.',
    why: 'More than names is sensitive in it, and anonymization leaves that; a request to KMS for each record would take the quota of all workloads.',
    link: { to: '/envelopes?view=measure', label: 'Measure' },
    checks: ['alarm-throttling', 'rotation-on'],
  },
  {
    fits: ({ speed }, scenario) =>
      speed === 'fast' && (scenario === 'object-storage' || scenario === 'relational-database'),
    what: 'Cached data keys, or S3 bucket keys.',
    why: 'Thousands of uses a second would each ask KMS, and share its quota with everything else in the account.',
    link: { to: '/envelopes?view=measure', label: 'Measure' },
    checks: ['alarm-throttling', 's3-bucket-key'],
  },
];

interface ContradictionRule {
  readonly fits: (answers: Answers) => boolean;
  readonly sentence: string;
}

/** Answers that cannot all be true, or that rule each other out: said, never smoothed over. */
export const contradictionRules: readonly ContradictionRule[] = [
  {
    fits: ({ where, survive }) => where === 'moving' && survive !== 'no',
    sentence:
      'Data that is only on the way is not there any more when a Region or an account is lost. If a copy is kept, answer the questions for the copy; the advice below is for the way.',
  },
  {
    fits: ({ where, readers }) => where === 'moving' && readers === 'users',
    sentence:
      'Data that nobody but users may read is not between services: each service at its ends reads it. The advice below keeps it from the services.',
  },
  {
    fits: ({ where, readers }) => where === 'database' && readers === 'users',
    sentence:
      'A database that only stores what users alone can read cannot search or sort it. If it has to, programs read it as well: answer that.',
  },
  {
    fits: ({ where, readers }) => where === 'stream' && readers === 'users',
    sentence:
      'A stream is there to be worked on, and what nobody but users may read cannot be. The advice below protects it from you; nothing can then be told from the stream.',
  },
  {
    fits: ({ readers, survive }) => readers === 'users' && survive !== 'no',
    sentence:
      'If nobody but the users can read it, no replica of a key and no drill of yours brings it back: only a copy of the key that the users keep. Who can recover it for them can read it.',
  },
  {
    fits: ({ readers, sensitive }) => readers === 'users' && sensitive === 'identities',
    sentence:
      'If only names are sensitive, others could read the rest; you answered that nobody may. The advice below takes the stricter of the two.',
  },
  {
    fits: ({ where, speed }) => where === 'copies' && speed === 'fast',
    sentence:
      'Backups that are used thousands of times a second are no backups but a store that is in use. The advice below is for copies; for the store itself answer "in files or objects".',
  },
  {
    fits: ({ where, survive }) => where === 'copies' && survive === 'no',
    sentence:
      'A backup that need not survive a loss protects against mistakes alone. If that is meant, a key in one Region is enough, and the replica below is not needed.',
  },
];

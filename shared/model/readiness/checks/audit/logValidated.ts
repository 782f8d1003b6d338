import { days } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import { defineCheck, weekHours } from '../../check';
import { trailId, type DigestProof } from '../../digestProof';
import type { Item } from '../../item';
import type { DigestScope } from '../../sources';

/** So much of the log must be proven, up to the time of the last validation. */
const provenDays = 7;
const dayMs = 86_400_000;
/** A digest closes an hour and comes within the next; later than this, one is overdue. */
const overdueMs = 3 * 3_600_000;

export const logValidated = defineCheck({
  id: 'log-validated',
  group: 'audit',
  question: `Is it proven that nobody changed the last ${days(provenDays)} of the log?`,
  why: 'Validation that is switched on proves nothing by itself: somebody has to compare the log files with the digests that CloudTrail signed.',
  remedy: {
    console: 'None: the console cannot do it. Here: Events > Trust > Validate a bucket.',
    cli: `claviger trail validate --s3 s3://BUCKET --since TIME: once a week, over ${days(provenDays)} or more`,
    terraform: 'None: it is done, not set.',
  },
  severity: 'high',
  shelfLifeHours: weekHours,
  topics: ['log'],
  permissions: ['s3:ListBucket', 's3:GetObject', 'cloudtrail:ListPublicKeys'],
  nothing: 'No Region was read.',
  view: 'events',
  reads: ['digests'],
  judge: ({ digests }) => digests.map(itemOf),
});

function itemOf(scope: DigestScope): Item {
  const { connection, account, region, proofs, refusals } = scope;
  const id = `${connection}/${region}`;
  const [refusal] = refusals;
  const judged = judgeProofs(proofs);
  // Nothing that was refused later takes a fault away; it takes a pass away.
  const { verdict, asOf } =
    refusal && judged.verdict.value !== 'fail'
      ? { verdict: refused(refusal), asOf: refusal.asOf }
      : judged;
  return {
    subject: {
      kind: 'account-region',
      id,
      name: `${account ?? connection} ${region}`,
      connection,
      ...(account !== undefined && { account }),
      region,
    },
    verdict,
    evidence: [digestDocumentId(id)],
    ...(asOf !== undefined && { asOf }),
  };
}

interface Judged {
  readonly verdict: Verdict;
  readonly asOf?: string | undefined;
}

/** A fault in any trail's log is one; else one trail that is proven whole is enough. */
function judgeProofs(proofs: readonly DigestProof[]): Judged {
  const faulty = proofs.find(({ faultsInAll }) => faultsInAll > 0);
  if (faulty) return { verdict: faultOf(faulty), asOf: faulty.asOf };
  const trails = new Map<string, DigestProof[]>();
  for (const proof of proofs) {
    const id = trailId(proof);
    trails.set(id, [...(trails.get(id) ?? []), proof]);
  }
  const judged = [...trails.values()].map(judgeTrail);
  return (
    judged.find(({ verdict }) => verdict.value === 'pass') ??
    judged[0] ?? {
      verdict: {
        value: 'cannot-tell',
        reason: 'The log was not validated yet.',
        remedy: 'Events > Trust > Validate a bucket.',
      },
    }
  );
}

/** Whether the proofs of one trail, put together, reach from the newest one's time far enough back. */
function judgeTrail(proofs: readonly DigestProof[]): Judged {
  const byTime = proofs.toSorted((a, b) => (a.asOf < b.asOf ? 1 : -1));
  const [newest] = byTime;
  if (!newest) throw new Error('A trail has a proof.');
  const { trail, asOf } = newest;
  const [unknown] = newest.unknowns;
  if (unknown) {
    const { why, permission } = unknown;
    const reason = `${trail}: not everything could be proven: ${why}`;
    return { verdict: { value: 'cannot-tell', reason, ...(permission && { permission }) }, asOf };
  }
  const wantedTo = Date.parse(asOf) - overdueMs;
  const wantedFrom = Date.parse(asOf) - provenDays * dayMs;
  const sound = byTime.flatMap(({ from, to, asOf: at, unknownsInAll }) =>
    from === undefined || to === undefined || unknownsInAll > 0
      ? []
      : [{ from: Date.parse(from), to: Date.parse(to), at }],
  );
  let reached = wantedTo;
  let oldest = asOf;
  while (reached > wantedFrom) {
    const next = sound
      .filter(({ from, to }) => to >= reached && from < reached)
      .toSorted((a, b) => a.from - b.from)[0];
    if (!next) break;
    reached = next.from;
    if (next.at < oldest) oldest = next.at;
  }
  if (reached > wantedFrom) return { verdict: gap(trail, reached, wantedFrom, wantedTo), asOf };
  const files = newest.logFiles.toLocaleString('en');
  return {
    verdict: {
      value: 'pass',
      reason: `${trail}: the ${days(provenDays)} until ${asOf} are as CloudTrail signed them; the last validation compared ${newest.digests.toLocaleString('en')} digests and ${files} log files.`,
    },
    asOf: oldest,
  };
}

function gap(trail: string, reached: number, from: number, to: number): Verdict {
  const time = (ms: number) => new Date(ms).toISOString();
  const proven = reached >= to ? 'nothing' : `only the time from ${time(reached)} on`;
  return {
    value: 'cannot-tell',
    reason: `${trail}: of the time from ${time(from)} to ${time(to)} ${proven} is proven.`,
    remedy: `Validate the bucket over ${days(provenDays)} or more.`,
  };
}

function faultOf({ trail, faults, faultsInAll, asOf }: DigestProof): Verdict {
  const [first] = faults;
  const more = faultsInAll > 1 ? ` ${faultsInAll} faults in all.` : '';
  return {
    value: 'fail',
    reason: `${trail}, validated at ${asOf}: ${first?.object ?? 'a file'} is ${first?.kind ?? 'not in order'}. ${first?.why ?? ''}${more}`,
    remedy: 'Find out who could write to the bucket, and what the file said: Events > Trust.',
  };
}

function refused({ where, message, permission }: DigestScope['refusals'][number]): Verdict {
  return {
    value: 'cannot-tell',
    reason: `The last validation of ${where} came to nothing: ${message}`,
    ...(permission !== undefined && { permission }),
  };
}

export function digestDocumentId(place: string): string {
  return `digests ${place}`;
}

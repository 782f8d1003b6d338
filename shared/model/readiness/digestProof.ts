import { z } from 'zod';
import { errorCodeSchema } from '../errors';
import type { DigestReport } from '../events/digestReport';

/** Of long lists so many entries are kept; their number is kept whole. */
const most = 20;

/** What one validation of a bucket says of one trail in one Region of one account. */
export const digestProofSchema = z.object({
  connection: z.string(),
  account: z.string(),
  region: z.string(),
  trail: z.string(),
  /** `s3://bucket/prefix`. */
  where: z.string(),
  asOf: z.string(),
  /** The time that its digests cover; absent where none was found. */
  from: z.string().optional(),
  to: z.string().optional(),
  digests: z.number().int(),
  logFiles: z.number().int(),
  /** Modified, missing, forged and their kin. */
  faults: z.array(z.object({ kind: z.string(), object: z.string(), why: z.string() })),
  faultsInAll: z.number().int(),
  /** What could not be read or proven. */
  unknowns: z.array(
    z.object({ object: z.string(), why: z.string(), permission: z.string().optional() }),
  ),
  unknownsInAll: z.number().int(),
});
export type DigestProof = z.infer<typeof digestProofSchema>;

/** A validation that came to nothing: its bucket could not be listed. */
export const digestRefusalSchema = z.object({
  connection: z.string(),
  where: z.string(),
  asOf: z.string(),
  code: errorCodeSchema,
  message: z.string(),
  permission: z.string().optional(),
});
export type DigestRefusal = z.infer<typeof digestRefusalSchema>;

/** All that is remembered of validations. */
export const digestRecordSchema = z.object({
  proofs: z.array(digestProofSchema),
  refusals: z.array(digestRefusalSchema),
});
export type DigestRecord = z.infer<typeof digestRecordSchema>;

/**
 * The record with one more validation. A proof takes the place of those whose time it covers; older
 * ones of other times stay, as a week may be proven day by day. A trail of which a bucket had digests
 * and has none any more is not proven: whoever takes all digests away must not keep a pass.
 */
export function withReport(
  { proofs, refusals }: DigestRecord,
  connection: string,
  report: DigestReport,
): DigestRecord {
  const fresh = proofsOf(connection, report);
  const here = (one: { connection: string; where: string }) =>
    one.connection === connection && one.where === report.where;
  const vanished = reachesNow(report)
    ? proofs
        .filter((old) => here(old) && !fresh.some((one) => isSameTrail(one, old)))
        .map((old) => vanishedProof(old, report))
    : [];
  const added = [...fresh, ...new Map(vanished.map((one) => [trailId(one), one])).values()];
  return {
    proofs: [
      ...proofs.filter(
        (old) => !isForgotten(old, report) && !added.some((one) => replaces(one, old)),
      ),
      ...added,
    ],
    refusals: refusals.filter((one) => !here(one)),
  };
}

/** The record after a validation that came to nothing. */
export function withRefusal(record: DigestRecord, refusal: DigestRefusal): DigestRecord {
  const others = record.refusals.filter(
    ({ connection, where }) => connection !== refusal.connection || where !== refusal.where,
  );
  return { ...record, refusals: [...others, refusal] };
}

function proofsOf(connection: string, report: DigestReport): DigestProof[] {
  const { where, asOf } = report;
  return report.chains.map(({ account, region, trail, from, to, digests }) => {
    // What does not say whose it is may be of any: it counts against all.
    const isHere = ({ object }: { object: string }) => {
      const [, ofAccount, ofRegion] = place.exec(object) ?? [];
      return ofAccount === undefined || (ofAccount === account && ofRegion === region);
    };
    const faults = report.faults.filter(isHere);
    const unknowns = report.unknowns.filter(isHere);
    return {
      connection,
      account,
      region,
      trail,
      where,
      asOf,
      ...(from !== undefined && to !== undefined && { from, to }),
      digests: digests.length,
      logFiles: digests.reduce((sum, { logFiles }) => sum + logFiles.named, 0),
      faults: faults.slice(0, most).map(({ kind, object, why }) => ({ kind, object, why })),
      faultsInAll: faults.length,
      unknowns: unknowns.slice(0, most),
      unknownsInAll: unknowns.length,
    };
  });
}

const place = /AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/CloudTrail(?:-Digest)?\/([a-z0-9-]+)\//;

/** A digest comes every hour: a validation until the present should find one. */
const lagMs = 3 * 3_600_000;

function reachesNow({ until, asOf }: DigestReport): boolean {
  return until === undefined || Date.parse(until) >= Date.parse(asOf) - lagMs;
}

function vanishedProof(old: DigestProof, { asOf }: DigestReport): DigestProof {
  const why = 'There were digests of this trail, and none was found any more.';
  const { from: _from, to: _to, ...rest } = old;
  return {
    ...rest,
    asOf,
    digests: 0,
    logFiles: 0,
    unknowns: [{ object: old.where, why }],
    unknownsInAll: 1,
  };
}

const keptMs = 31 * 86_400_000;

/** What found no fault and is too old to count for anything. */
function isForgotten({ asOf, faultsInAll }: DigestProof, report: DigestReport): boolean {
  return faultsInAll === 0 && Date.parse(asOf) < Date.parse(report.asOf) - keptMs;
}

/** A fault stays until a later validation covers its time and finds none. */
function replaces(one: DigestProof, old: DigestProof): boolean {
  if (!isSameTrail(one, old) || one.asOf < old.asOf) return false;
  if (old.from === undefined || old.to === undefined) return true;
  return one.from !== undefined && one.to !== undefined && one.from <= old.from && one.to >= old.to;
}

function isSameTrail(a: DigestProof, b: DigestProof): boolean {
  return trailId(a) === trailId(b);
}

/** One trail's digests in one bucket. */
export function trailId({ connection, where, account, region, trail }: DigestProof): string {
  return JSON.stringify([connection, where, account, region, trail]);
}

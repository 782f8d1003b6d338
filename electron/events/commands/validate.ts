import type { DigestReport } from '../../../shared/model/events/digestReport';
import { AppError } from '../../../shared/model/errors';
import { defineCommand, exitCodes, UsageError, type CommandContext } from '../../command';
import { writeFileAtomically } from '../../files/atomicWrite';
import type { EvidenceSource } from '../digest/evidence/evidenceZip';
import { folderFiles } from '../digest/folder';
import { readPublicKeys } from '../digest/publicKeys';
import { validateInThread, type ProofOptions } from '../digest/thread/validateInThread';
import type { TimeRange } from '../digest/trailFiles';
import { refusalOf } from '../refusalOf';
import { bucketOption } from '../s3Uri';
import { openScope, type AwsScopeOptions } from './awsScope';
import { spanOf } from './time';

/** `claviger trail validate`: proves log files by the digests that CloudTrail signed. */
export const validateCommand = defineCommand({
  name: 'trail validate',
  summary: "Validate a trail's log files by the digests that CloudTrail signed",
  usage: `Arguments:
  PATH                  a folder that holds a copy of the trail's bucket (aws s3 sync)

Options:
  --s3 URI              s3://BUCKET[/PREFIX] in place of PATH
  --public-keys FILE    what "aws cloudtrail list-public-keys" prints; may be repeated. With --s3
                        CloudTrail is asked where it is absent
  --since TIME          only digests that end after it: 2026-11-01 or 2026-11-01T12:00:00Z
  --until TIME          only digests that end by it
  --profile NAME        a profile of the AWS config files, for --s3
  --region REGION       the bucket's Region; the profile's own where absent
  --practice            the practice account
  --endpoint-url URL    another endpoint, such as that of "claviger practice"
  --evidence FILE.zip   also write the evidence, which openssl and sha256sum can check (docs/events.md)
  --json                the whole report as one JSON document (docs/events.md)

A bucket that was proven with the keys that CloudTrail gives is evidence for the check log-validated
of "claviger readiness".

Exit codes: 0 every digest and log file is as CloudTrail signed it, 1 a fault was found or nothing
could be read, 3 no fault was found, but not everything could be proven.`,
  positionals: ['[PATH]'],
  options: {
    s3: { type: 'string' },
    'public-keys': { type: 'string', multiple: true },
    since: { type: 'string' },
    until: { type: 'string' },
    profile: { type: 'string' },
    region: { type: 'string' },
    practice: { type: 'boolean', default: false },
    'endpoint-url': { type: 'string' },
    evidence: { type: 'string' },
  },
  async run({ values, positionals }, context) {
    const [path, ...others] = positionals;
    if (others.length > 0 || (path === undefined) === (values.s3 === undefined)) {
      throw new UsageError('Name either one folder, or a bucket with --s3.');
    }
    const range: TimeRange = spanOf(values);
    const keyFiles = values['public-keys'] ?? [];
    const { stdout, stderr, signal } = context;
    const shared = { range, signal, progress: progressTo(stderr) };

    let source: Source;
    if (path !== undefined) {
      if (keyFiles.length === 0) {
        stderr('No --public-keys were given: hashes are compared, signatures cannot be.\n');
      }
      const keys = await readPublicKeys(keyFiles);
      source = {
        files: folderFiles(path),
        publicKeys: () => Promise.resolve(keys),
        now: () => new Date(),
      };
    } else source = await fromBucket(values.s3 ?? '', values, keyFiles, context);

    const { files, publicKeys, now, keep } = source;
    const { report, evidence } = await kept(
      validateInThread({ ...shared, files, publicKeys, now, folder: path }),
      { ...source, keep },
    );
    if (values.evidence !== undefined) {
      await writeEvidence(values.evidence, { report, index: evidence, files, signal }, stderr);
    }
    if (report.digests === 0 && report.unknowns.length === 0 && report.faults.length === 0) {
      stderr(`There is no digest file in ${report.where} for this time.\n`);
    }
    stdout(values.json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
    if (report.verdict.value === 'pass') return exitCodes.ok;
    return report.verdict.value === 'fail' ? exitCodes.failed : exitCodes.partial;
  },
});

interface Source extends Pick<ProofOptions, 'files' | 'publicKeys' | 'now'> {
  /** Makes the outcome evidence for `log-validated`; absent where the answers are not AWS's alone. */
  readonly keep?: ((outcome: { report: DigestReport } | { error: AppError }) => void) | undefined;
}

/** What comes of a validation, after it was kept. */
async function kept<T extends { report: DigestReport }>(
  validation: Promise<T>,
  { keep }: Source,
): Promise<T> {
  try {
    const ended = await validation;
    keep?.(ended);
    return ended;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'cancelled') keep?.({ error });
    throw error;
  }
}

async function fromBucket(
  uri: string,
  values: AwsScopeOptions,
  keyFiles: readonly string[],
  { open }: Pick<CommandContext, 'open'>,
): Promise<Source> {
  const place = bucketOption(uri);
  const { bucketFiles } = await import('../digest/bucket');
  const fixed = keyFiles.length > 0 ? await readPublicKeys(keyFiles) : undefined;
  const { services, connection, region } = await openScope(values, open);
  const { listPublicKeys } = await import('../digest/listPublicKeys');
  const target = { connection, region };
  const now = await services.connections.now(connection);
  const files = bucketFiles(services.gateway, target, place);
  const asAwsSays = fixed === undefined && values['endpoint-url'] === undefined;
  return {
    files,
    publicKeys: fixed
      ? () => Promise.resolve(fixed)
      : (keyRegion: string, keyRange: TimeRange) =>
          listPublicKeys(services.gateway, { connection, region: keyRegion }, keyRange),
    now: () => now,
    ...(asAwsSays && {
      keep: (outcome) =>
        services.readiness.keepValidation(
          'report' in outcome
            ? { connection, report: outcome.report }
            : { refusal: refusalOf(outcome.error, { connection, where: files.where, at: now }) },
        ),
    }),
  };
}

async function writeEvidence(
  path: string,
  source: EvidenceSource,
  stderr: (text: string) => void,
): Promise<void> {
  const [{ evidenceZip }, { hashed }] = await Promise.all([
    import('../digest/evidence/evidenceZip'),
    import('../../files/hashed'),
  ]);
  const { content, sha256 } = hashed(evidenceZip(source));
  await writeFileAtomically(path, content);
  stderr(`Evidence: ${path}, SHA-256 ${sha256()}\n`);
}

function progressTo(stderr: (text: string) => void): (done: number, expected: number) => void {
  let toldAt = Date.now();
  return (done, expected) => {
    if (Date.now() - toldAt < 5000) return;
    toldAt = Date.now();
    stderr(`${done} of ${expected} files\n`);
  };
}

/** The report for people: what was covered, every fault, what could not be proven, the verdict. */
function textOf(report: DigestReport): string {
  const lines = [`${report.where}, as of ${report.asOf}`];
  for (const { account, region, trail, digests, from, to } of report.chains) {
    const valid = digests.filter(({ state }) => state === 'valid').length;
    lines.push(
      `${account} ${region} ${trail}: ${valid} of ${digests.length} digests valid, ${from ?? '?'} to ${to ?? '?'}`,
    );
  }
  for (const { kind, file, object, why, differs } of report.faults) {
    lines.push(`FAULT ${kind} ${file} ${object}`, `  ${why}`);
    for (const { what, expected, found } of differs) {
      lines.push(`  ${what}`);
      if (expected !== undefined) lines.push(`    expected ${expected}`);
      if (found !== undefined) lines.push(`    found    ${found}`);
    }
  }
  for (const { object, why } of report.unknowns) lines.push(`NOT PROVEN ${object}`, `  ${why}`);
  lines.push(
    `${report.digests} digests, ${report.logFiles} log files, ${report.bytes} bytes of log`,
    `${report.verdict.value}: ${report.verdict.reason}`,
  );
  return `${lines.join('\n')}\n`;
}

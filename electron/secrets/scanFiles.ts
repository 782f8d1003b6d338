import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../shared/model/errors';
import {
  liesIn,
  type FoundSecret,
  type ScannedPlace,
  type SecretScan,
  type SecretScanOptions,
} from '../../shared/model/secrets';
import { forgetProfile } from './forgetProfile';
import { ignoredBy, type Ignored } from './ignored';
import { secretsIn } from './secretsIn';
import { reasonOf, walk, type Step } from './walk';

export interface SecretJob {
  readonly paths: readonly string[];
  readonly options: SecretScanOptions;
  /** What was declared to be no secret. */
  readonly ignored: readonly Ignored[];
  /** ISO 8601. */
  readonly at: string;
}
export interface SecretHooks {
  readonly signal: AbortSignal;
  readonly progress: (value: { files: number; found: number }) => void;
}

/** Larger files are data, not code or configuration. */
const mostBytes = 2 * 1024 * 1024;
const keptSecrets = 5000;
const keptUnread = 100;

/**
 * Looks for secrets with secretlint's recommended rules in every file below some paths. What it gives
 * has file, line, kind and mark; the secret itself leaves this function in no form. Throws AppError
 * `cancelled`.
 */
export async function scanFiles(job: SecretJob, hooks: SecretHooks): Promise<SecretScan> {
  const { options, ignored, at } = job;
  const key = randomBytes(32);
  const found: FoundSecret[] = [];
  const unread: { file: string; why: string }[] = [];
  const places: ScannedPlace[] = [];
  let files = 0;
  let foundInAll = 0;

  for (const root of outermost(job.paths)) {
    const place = { files: 0, found: 0, ignored: 0, unread: 0 };
    const skipped = { ignored: 0, tooLarge: 0, binary: 0, links: 0 };
    const notRead = (file: string, why: string) => {
      place.unread += 1;
      if (unread.length < keptUnread) unread.push({ file, why });
    };
    for await (const step of walk(root, options)) {
      if (hooks.signal.aborted) throw new AppError('cancelled', 'Cancelled.');
      if (step.kind === 'unread') notRead(step.path, step.why);
      else if (step.kind === 'ignored') skipped.ignored += 1;
      else if (step.kind === 'link') skipped.links += 1;
      else if (step.bytes > mostBytes) skipped.tooLarge += 1;
      else {
        const bytes = await readFile(step.path).catch((error: unknown) => {
          notRead(step.path, reasonOf(error));
        });
        if (!bytes) continue;
        if (bytes.includes(0)) {
          skipped.binary += 1;
          continue;
        }
        const secrets = await findingsOf(step, bytes.toString('utf8'), key, ignored);
        const declared = secrets.filter((secret) => secret.ignored !== undefined).length;
        place.files += 1;
        place.ignored += declared;
        place.found += secrets.length - declared;
        files += 1;
        foundInAll += secrets.length - declared;
        found.push(...secrets.slice(0, Math.max(0, keptSecrets - found.length)));
        if (files % 20 > 0) continue;
        hooks.progress({ files, found: foundInAll });
        await forgetProfile();
      }
    }
    places.push({ path: root, ...place, skipped });
  }
  hooks.progress({ files, found: foundInAll });
  const { ignore, gitignore } = options;
  return { scannedAt: at, places, ignore: [...ignore], gitignore, found, unread };
}

/** The paths, absolute, without those that lie in another of them. */
function outermost(paths: readonly string[]): string[] {
  const absolute = [...new Set(paths.map((path) => resolve(path)))];
  return absolute.filter(
    (path) => !absolute.some((other) => other !== path && liesIn(path, other)),
  );
}

async function findingsOf(
  { path: file, modifiedMs }: Extract<Step, { kind: 'file' }>,
  content: string,
  key: Uint8Array,
  declared: readonly Ignored[],
): Promise<FoundSecret[]> {
  const secrets = await secretsIn(file, content);
  return secrets.map(({ line, kind, value }) => {
    const covered = ignoredBy({ file, kind, value }, declared);
    const mark = createHmac('sha256', key).update(value).digest('hex').slice(0, 12);
    const finding = { file, line, kind, mark, modifiedMs };
    if (!covered) return finding;
    const { id, reason, at, by } = covered;
    return { ...finding, ignored: { id, reason, at, by } };
  });
}

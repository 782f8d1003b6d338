import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';
import { AppError } from '../../shared/model/errors';
import type { FoundSecret, SecretScan, SecretScanOptions } from '../../shared/model/secrets';
import { reasonOf, walk } from './walk';

export interface SecretJob {
  readonly paths: readonly string[];
  readonly options: SecretScanOptions;
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
  const { options, at } = job;
  const salt = randomBytes(32);
  const paths = job.paths.map((path) => resolve(path));
  const skipped = { ignored: 0, tooLarge: 0, binary: 0, links: 0 };
  const found: FoundSecret[] = [];
  const unread: { file: string; why: string }[] = [];
  let files = 0;
  let foundInAll = 0;
  let unreadInAll = 0;
  const notRead = (file: string, why: string) => {
    unreadInAll += 1;
    if (unread.length < keptUnread) unread.push({ file, why });
  };

  for (const root of paths) {
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
        const secrets = await secretsIn(step.path, bytes.toString('utf8'), salt);
        files += 1;
        foundInAll += secrets.length;
        found.push(...secrets.slice(0, Math.max(0, keptSecrets - found.length)));
        if (files % 20 === 0) hooks.progress({ files, found: foundInAll });
      }
    }
  }
  hooks.progress({ files, found: foundInAll });
  const { ignore, gitignore } = options;
  return {
    scannedAt: at,
    paths,
    ignore: [...ignore],
    gitignore,
    files,
    found,
    foundInAll,
    skipped,
    unread,
    unreadInAll,
  };
}

const config = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended }],
};

async function secretsIn(file: string, content: string, salt: Uint8Array): Promise<FoundSecret[]> {
  const { messages } = await lintSource({
    source: { filePath: file, content, contentType: 'text', ext: '' },
    options: { config, noPhysicFilePath: true, maskSecrets: true },
  });
  return messages
    .filter(({ type }) => type === 'message')
    .map(({ range, loc, ruleId, messageId }) => ({
      file,
      line: loc.start.line,
      kind: kindOf(ruleId, messageId),
      mark: createHmac('sha256', salt)
        .update(content.slice(...range))
        .digest('hex')
        .slice(0, 12),
    }));
}

/** `AWS: AWSSecretAccessKey` of a rule's id and what it found. */
function kindOf(ruleId: string, messageId: string): string {
  const rule = ruleId.replace(/^@secretlint\/secretlint-rule-/, '');
  return `${rule}: ${messageId}`;
}

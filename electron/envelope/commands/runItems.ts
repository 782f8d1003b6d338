import type { BatchProgress, BatchResult, ItemResult } from '../../../shared/model/envelope/jobs';
import { exitCodes, type CommandContext, type ExitCode } from '../../command';
import { printable } from '../../textTable';

const tellEveryMs = 2000;

/** Runs a batch, tells of its progress on stderr, and prints its results; gives the exit code. */
export async function runItems(
  run: (options: {
    signal: AbortSignal;
    onProgress: (progress: BatchProgress) => void;
  }) => Promise<BatchResult>,
  {
    json,
    verb,
    order,
  }: { readonly json: boolean; readonly verb: string; readonly order: readonly string[] },
  { stdout, stderr, signal }: Pick<CommandContext, 'stdout' | 'stderr' | 'signal'>,
): Promise<ExitCode> {
  const items: ItemResult[] = [];
  let toldAt = Date.now();
  const result = await run({
    signal,
    onProgress(progress) {
      if (progress.kind === 'item') {
        items.push(progress.item);
        return;
      }
      if (Date.now() - toldAt < tellEveryMs) return;
      toldAt = Date.now();
      const percent = Math.floor((progress.done / Math.max(1, progress.expected)) * 100);
      stderr(`${percent} %, ${(progress.perSecond / 1e6).toFixed(0)} MB/s\n`);
    },
  });
  // As they were named, not as they ended.
  items.sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
  print(items, result, { json, verb }, { stdout, stderr });
  return codeOf(items);
}

function print(
  items: readonly ItemResult[],
  result: BatchResult,
  { json, verb }: { readonly json: boolean; readonly verb: string },
  { stdout, stderr }: Pick<CommandContext, 'stdout' | 'stderr'>,
): void {
  if (json) {
    const told = items.map((item) => ({ ...item, source: undefined }));
    stdout(
      `${JSON.stringify({ format: 'claviger-envelope/1', ...result, items: told }, null, 2)}\n`,
    );
    return;
  }
  for (const item of items) {
    const { name, state, path, error, plaintextSha256, remarks = [] } = item;
    if (state !== 'done') {
      stderr(`claviger: ${printable(name)}: ${error?.message ?? 'Cancelled.'}\n`);
      continue;
    }
    const where = path === undefined ? '' : ` -> ${printable(path)}`;
    stdout(`${verb}  ${printable(name)}${where}\n`);
    if (plaintextSha256 !== undefined) stdout(`  SHA-256 of the content  ${plaintextSha256}\n`);
    for (const { keyArn, keyMaterialId } of item.keys ?? []) {
      stdout(
        `  key  ${keyArn}${keyMaterialId === undefined ? '' : `, material ${keyMaterialId}`}\n`,
      );
    }
    for (const remark of remarks) stdout(`  ${remark}\n`);
  }
}

/**
 * 1 where something is wrong with a file, 3 where it could not be told (a permission, the network): never
 * to be taken for a pass.
 */
function codeOf(items: readonly ItemResult[]): ExitCode {
  const failed = items.filter(({ state }) => state !== 'done');
  if (failed.length === 0) return exitCodes.ok;
  if (failed.some(({ error }) => error === undefined)) return exitCodes.interrupted;
  const untold = failed.every(({ error }) => unasked.has(error?.code ?? ''));
  return untold ? exitCodes.partial : exitCodes.failed;
}

/** Codes that tell of the way to KMS, not of the file. */
const unasked: ReadonlySet<string> = new Set([
  'denied',
  'throttled',
  'unreachable',
  'timeout',
  'expired-credentials',
  'invalid-credentials',
  'no-credentials',
  'clock-skew',
  'mfa-required',
  'bad-response',
]);

import type { AppInfo } from '../../shared/contract/app';
import { runtimeKind } from '../launch/runtimeKind';

/** The option with which an operator takes the evaluation runtime for real accounts all the same. */
export const allowOption = '--allow-real-accounts-on-evaluation-runtime';

export interface Runtime {
  readonly info: AppInfo['runtime'];
  readonly realAccounts: { readonly allowed: boolean; readonly reason?: string };
}

/** Says what Electron this is and whether real accounts may be used on it, with the sentence to show. */
export function describeRuntime(
  process: Pick<NodeJS.Process, 'execPath' | 'versions' | 'argv'>,
  pinnedVersion: string,
): Runtime {
  const { electron, chrome, node } = process.versions;
  const { kind, reason } = runtimeKind(process.execPath, electron, pinnedVersion);
  const info = { kind, node, ...(electron && { electron }), ...(chrome && { chrome }) };
  if (kind === 'official') return { info, realAccounts: { allowed: true } };
  const allowed = process.argv.includes(allowOption);
  const consequence = allowed
    ? `Real accounts are allowed because Claviger was started with ${allowOption}.`
    : `Real accounts are refused, because credentials do not belong in it. Use the official Electron, or start with ${allowOption} if you accept the risk.`;
  return { info, realAccounts: { allowed, reason: `${reason} ${consequence}` } };
}

/** The program's version with its runtime, for the About box: an evaluation runtime is named as such. */
export function aboutVersion(version: string, { kind, electron }: AppInfo['runtime']): string {
  const note = kind === 'evaluation' ? ', evaluation runtime: not for real accounts' : '';
  return `${version} (Electron ${electron ?? 'unknown'}${note})`;
}

import { toErrorInfo } from '../../shared/model/errors';
import type { App } from './context';

/** Puts text on the clipboard through main and says so. `label` names it: `Key ARN`. */
export async function copyText(
  { client, toaster }: Pick<App, 'client' | 'toaster'>,
  text: string,
  label: string,
): Promise<void> {
  try {
    await client.app.copyText({ text });
    toaster.add({ title: `${label} copied`, description: copiedWords(text) });
  } catch (error) {
    toaster.add({
      title: `${label} not copied`,
      description: toErrorInfo(error).message,
      type: 'error',
    });
  }
}

/** Copies what the focused element (or the row around it) names in `data-copy`. */
export function copyFocused(app: Pick<App, 'client' | 'toaster'>): void {
  const source = document.activeElement?.closest<HTMLElement>('[data-copy]');
  const text = source?.dataset.copy;
  if (text) void copyText(app, text, source.dataset.copyLabel ?? 'Text');
}

/** What a copied text says in one line: its first line, and how much more there is. */
export function copiedWords(text: string): string {
  const lines = text.trim().split('\n');
  const [first = ''] = lines;
  const cut = first.length > 80 ? `${first.slice(0, 80)}\u2026` : first;
  if (lines.length === 1) return cut;
  // The first line of JSON is a bracket, which tells nobody anything.
  return /\w{2}/.test(first) ? `${cut} and ${lines.length - 1} more` : `${lines.length} lines`;
}

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
    toaster.add({ title: `${label} copied`, description: shortened(text) });
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

function shortened(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 80 || line.length < text.length ? `${line.slice(0, 80)}\u2026` : line;
}

import type { Shell } from 'electron';
import { AppError } from '../../shared/model/errors';

/** The pages that Claviger refers to: documentation and AWS's own console. Exact names; no wildcard. */
export const externalHosts: ReadonlySet<string> = new Set([
  'docs.aws.amazon.com',
  'console.aws.amazon.com',
  'aws.amazon.com',
  'repost.aws',
  'csrc.nist.gov',
  'www.rfc-editor.org',
]);

/**
 * Opens a page in the operator's browser: the one place that does. Throws AppError `bad-request` for
 * whatever is not https on a listed host, and `file-failed` where the system has no browser.
 */
export function createOpenExternal(
  shell: Pick<Shell, 'openExternal'>,
): (url: string) => Promise<void> {
  return async (text) => {
    const url = parseExternalUrl(text);
    if (!url) {
      throw new AppError(
        'bad-request',
        'Claviger does not open this address. It opens pages of the AWS documentation and console only.',
      );
    }
    try {
      await shell.openExternal(url.href);
    } catch (error) {
      const message = `No browser could be opened. The page is ${url.href}`;
      throw new AppError('file-failed', message, {}, { cause: error });
    }
  };
}

/** The URL as it will be opened, if it is https, on a listed host, without user, password or port. */
export function parseExternalUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const allowed =
    url.protocol === 'https:' &&
    externalHosts.has(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === '';
  return allowed ? url : undefined;
}

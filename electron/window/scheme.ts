import type { CustomScheme } from 'electron';

/** The window's only origin. `new URL(...).origin` is "null" for it: protocol and host are compared. */
export const appScheme = 'app';
export const appHost = 'claviger';
export const appUrl = `${appScheme}://${appHost}/`;

/**
 * What the scheme may do, told to Chromium before `ready`: a standard, secure origin that may load
 * modules and fonts. It bypasses nothing, and has no service workers.
 */
export const appSchemeRegistration: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Whether a URL is of the app's own origin: scheme and host exactly, no user, no port. */
export function isAppUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined &&
    url.protocol === `${appScheme}:` &&
    url.host === appHost &&
    url.username === '' &&
    url.password === ''
  );
}

import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Protocol } from 'electron';
import { securityHeaders } from './responseHeaders';
import { appScheme, isAppUrl } from './scheme';

/** Serves the built page, and nothing else, under `app://claviger/` in one session; says which file was asked for. */
export function serveApp(
  protocol: Pick<Protocol, 'handle'>,
  rendererDir: string,
  onServed: (url: string) => void,
): void {
  protocol.handle(appScheme, async (request) => {
    const response = await answer(request, rendererDir);
    onServed(request.url);
    return response;
  });
}

/** Answers one request with a file of `rendererDir`; anything odd is a 404 that tells nothing. */
export async function answer(
  request: Pick<Request, 'method' | 'url'>,
  rendererDir: string,
): Promise<Response> {
  const file = request.method === 'GET' ? await findFile(request.url, rendererDir) : undefined;
  const type = file && contentTypes[extname(file)];
  const body = type && (await readFile(file).catch(() => undefined));
  if (!body) return new Response('', { status: 404, headers: securityHeaders });
  return new Response(new Uint8Array(body), {
    headers: { ...securityHeaders, 'Content-Type': type, 'Cache-Control': 'no-cache' },
  });
}

/**
 * The real path of the file that a URL of the app names, or undefined. Names are plain words, so there
 * is no encoding to see through; a link that leads out of the folder is found by its real path.
 */
export async function findFile(url: string, rendererDir: string): Promise<string | undefined> {
  if (!isAppUrl(url)) return undefined;
  const { pathname } = new URL(url);
  if (!plainPath.test(pathname)) return undefined;
  try {
    const root = await realpath(rendererDir);
    const file = await realpath(join(root, pathname === '/' ? 'index.html' : pathname));
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** `/`, or names of letters, digits, `_`, `-` and inner dots: no `..`, `%`, `\`, `:`, NUL or hidden file. */
const plainPath = /^\/$|^(?:\/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)+$/;

/** What the build produces; a file of another kind has no business there. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

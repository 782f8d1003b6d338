import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, findFile, serveApp } from '../../../electron/window/appProtocol';

let base: string;
let root: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'claviger-page-'));
  root = join(base, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  // A sibling whose name begins alike: a prefix check without the separator would let it pass.
  await mkdir(join(base, 'renderer-evil'));
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, 'assets', 'index-a_B-9.js'), 'export {}');
  await writeFile(join(root, 'assets', 'index-x.css'), 'a{}');
  await writeFile(join(root, 'notes.txt'), 'not of the build');
  await writeFile(join(root, '.hidden.js'), 'hidden');
  await writeFile(join(base, 'secret.js'), 'secret');
  await writeFile(join(base, 'renderer-evil', 'secret.js'), 'secret');
  await symlink(join(base, 'secret.js'), join(root, 'link.js'));
  await symlink(base, join(root, 'up'));
});
afterAll(() => rm(base, { recursive: true }));

const get = (url: string, method = 'GET') => answer({ url, method }, root);

describe('R18: app://claviger', () => {
  test.each([
    ['app://claviger/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://claviger/?x=1#/keys', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://claviger/assets/index-a_B-9.js', 'text/javascript; charset=utf-8', 'export {}'],
    ['app://claviger/assets/index-x.css', 'text/css; charset=utf-8', 'a{}'],
  ])('serves %s', async (url, type, body) => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body);
  });

  test.each([
    'app://claviger/../secret.js',
    'app://claviger/assets/../../secret.js',
    'app://claviger/%2e%2e/secret.js',
    'app://claviger/..%2fsecret.js',
    'app://claviger/%2e%2e%2fsecret.js',
    'app://claviger/..%5csecret.js',
    String.raw`app://claviger/..\secret.js`,
    'app://claviger/assets%2findex-x.css',
    'app://claviger/../renderer-evil/secret.js',
    'app://claviger/link.js',
    'app://claviger/up/secret.js',
    'app://claviger/index.html%00.js',
    'app://claviger/index\0.html',
    'app://claviger//etc/passwd',
    'app://claviger/C:/Windows/win.ini',
    'app://claviger/assets',
    'app://claviger/assets/',
    'app://claviger/.hidden.js',
    'app://claviger/notes.txt',
    'app://claviger/none.js',
    'app://evil/index.html',
    'app://claviger.evil/',
    'app://user:pw@claviger/',
    'app://claviger:80/',
    'app:///index.html',
    'file:///etc/passwd',
    'https://claviger/',
    'not a url',
  ])('refuses %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('refuses the method %s', async (method) => {
    expect((await get('app://claviger/', method)).status).toBe(404);
  });

  test('whatever the URL, what is served lies within the page’s folder', async () => {
    const part = fc.constantFrom(
      ...String.raw`.. . %2e %2e%2e %2f %5c \ %00 secret.js assets renderer renderer-evil index.html up link.js index-x.css ~ : C:`.split(
        ' ',
      ),
      '',
      '\0',
    );
    const path = fc.array(fc.oneof(part, fc.string()), { maxLength: 6 });
    const glue = fc.constantFrom('/', '%2f', '\\', '//', '');
    await fc.assert(
      fc.asyncProperty(path, glue, async (parts, between) => {
        const url = `app://claviger/${parts.join(between)}`;
        const file = await findFile(url, root);
        if (file !== undefined) expect(file.startsWith(root + sep)).toBe(true);
        expect(await (await get(url)).text()).not.toBe('secret');
      }),
      { numRuns: 500 },
    );
  });

  test('answers in the session it is given', async () => {
    let scheme = '';
    let handler: ((request: Request) => unknown) | undefined;
    const served: string[] = [];
    serveApp(
      { handle: (name, take) => void ((scheme = name), (handler = take as typeof handler)) },
      root,
      (url) => served.push(url),
    );
    expect(scheme).toBe('app');
    const response = (await handler?.({
      url: 'app://claviger/',
      method: 'GET',
    } as Request)) as Response;
    expect(response.status).toBe(200);
    expect(served).toEqual(['app://claviger/']);
  });
});

describe('R7: headers', () => {
  test.each(['app://claviger/', 'app://claviger/none'])(
    'of %s are the whole policy',
    async (url) => {
      const { headers } = await get(url);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*usb=\(\)/);
      expect(headers.get('permissions-policy')).not.toMatch(/=\([^)]/);
      expect(headers.get('x-dns-prefetch-control')).toBe('off');
    },
  );
});

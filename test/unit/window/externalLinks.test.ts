import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createOpenExternal,
  externalHosts,
  parseExternalUrl,
} from '../../../electron/window/externalLinks';

test.each([
  'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
  'https://DOCS.aws.amazon.com:443/x?y=1#z',
])('R13: opens %s', async (url) => {
  const opened: string[] = [];
  await createOpenExternal({ openExternal: async (href) => void opened.push(href) })(url);
  expect(opened).toEqual([new URL(url).href]);
});

test.each([
  'http://docs.aws.amazon.com/',
  'https://docs.aws.amazon.com.evil.example/',
  'https://evil.example/docs.aws.amazon.com',
  'https://docs.aws.amazon.com@evil.example/',
  'https://user@docs.aws.amazon.com/',
  'https://:pw@docs.aws.amazon.com/',
  'https://docs.aws.amazon.com:8443/',
  'https://docs.aws.amazon.com./',
  'https://xdocs.aws.amazon.com/',
  String.raw`https://evil.example\@docs.aws.amazon.com/`,
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://docs.aws.amazon.com/x',
  'ms-msdt:/id',
  'docs.aws.amazon.com',
  '',
])('R13: does not open %s', async (url) => {
  const opened: string[] = [];
  const open = createOpenExternal({ openExternal: async (href) => void opened.push(href) });
  await expect(open(url)).rejects.toMatchObject({ code: 'bad-request' });
  expect(opened).toEqual([]);
});

test('R13: whatever is opened is https on a listed host with nothing before or after it', () => {
  const near = fc
    .tuple(
      fc.constantFrom('https://', 'http://', 'HTTPS://', 'https:/', 'https:', '//', ''),
      fc.constantFrom('', 'a@', 'a:b@', 'evil.example\\@', 'evil.example/@', '%00', ' '),
      fc.constantFrom(...externalHosts, 'evil.example', 'docs.aws.amazon.com%2eevil.example'),
      fc.constantFrom('', ':443', ':1', '.', '.evil.example', '@evil.example', '\\', '%23'),
      fc.string(),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(near, fc.webUrl(), fc.string()), (text) => {
      const url = parseExternalUrl(text);
      if (!url) return;
      const origin = url.href.slice(0, url.href.indexOf('/', 'https://'.length));
      expect([...externalHosts].map((host) => `https://${host}`)).toContain(origin);
    }),
    { numRuns: 2000 },
  );
});

test('where no browser starts, the operator gets the address', async () => {
  const open = createOpenExternal({ openExternal: () => Promise.reject(new Error('no browser')) });
  await expect(open('https://docs.aws.amazon.com/')).rejects.toMatchObject({
    code: 'file-failed',
    message: expect.stringContaining('https://docs.aws.amazon.com/') as string,
  });
});

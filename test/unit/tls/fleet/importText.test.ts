import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImportText } from '../../../../electron/tls/fleet/importText';

const targets = (text: string) =>
  readImportText(text).endpoints.map(({ host, port }) => `${host} ${port}`);

describe('a list of endpoints', () => {
  it('takes hosts, ports, URLs, addresses and comments', () => {
    const text = `\ufeff# our endpoints
www.example.com
API.Example.com.:8443   # the API
https://shop.example.com/cart?x=1
https://user@pay.example.com:9443/
192.0.2.7:443
[2001:DB8::1]:8443
2001:db8::2

mail.example.com 993
a.example,b.example; c.example,444
bücher.example`;
    expect(readImportText(text).problems).toEqual([]);
    expect(targets(text)).toEqual([
      'www.example.com 443',
      'api.example.com 8443',
      'shop.example.com 443',
      'pay.example.com 9443',
      '192.0.2.7 443',
      '2001:db8::1 8443',
      '2001:db8::2 443',
      'mail.example.com 993',
      'a.example 443',
      'b.example 443',
      'c.example 444',
      'xn--bcher-kva.example 443',
    ]);
  });

  it('names each line that is no endpoint, and why', () => {
    const { endpoints, problems } = readImportText(
      'good.example\n*.example.com\nhttp://plain.example\nhost:0\nhost:65536\n1.2.3\n-x.example\ngood.example:443\nhost:',
    );
    expect(endpoints).toHaveLength(1);
    expect(problems).toEqual([
      { line: 2, message: '“*.example.com” is a wildcard. Name a host that it stands for.' },
      {
        line: 3,
        message: '“http://plain.example” is no https address. Write https:// or the host alone.',
      },
      { line: 4, message: '“0” is no port. A port is a number from 1 to 65535.' },
      { line: 5, message: '“65536” is no port. A port is a number from 1 to 65535.' },
      { line: 6, message: '“1.2.3” is no host name and no IP address.' },
      { line: 7, message: '“-x.example” is no host name and no IP address.' },
      { line: 8, message: 'The same endpoint as in line 1.' },
      { line: 9, message: '“” is no port. A port is a number from 1 to 65535.' },
    ]);
  });

  it('takes 10,000 at once and says where the rest begins', () => {
    const text = Array.from({ length: 10_003 }, (_, n) => `host-${n}.example`).join('\n');
    const { endpoints, problems } = readImportText(text);
    expect(endpoints).toHaveLength(10_000);
    expect(problems).toEqual([
      {
        line: 10_001,
        message:
          'One import takes 10000 endpoints: import this line and the 2 behind it by themselves.',
      },
    ]);
  });
});

describe('CSV', () => {
  it('finds columns by their names, in any order, and reads quoted cells', () => {
    const { endpoints, problems } = readImportText(
      [
        '# exported',
        'Owner;Host name;TCP port;Tags;SNI;ELB policy;mTLS;Name',
        'Ops;www.example.com;8443;"prod|web";other.example.com;ELBSecurityPolicy-2016-08;yes;"The ""shop"""',
        'Ops;[2001:db8::1];;;;;;',
      ].join('\r\n'),
    );
    expect(problems).toEqual([]);
    expect(endpoints).toEqual([
      {
        host: 'www.example.com',
        port: 8443,
        sni: 'other.example.com',
        name: 'The "shop"',
        owner: 'Ops',
        tags: ['prod', 'web'],
        elbPolicy: 'ELBSecurityPolicy-2016-08',
        clientCertificate: true,
        source: 'import',
      },
      expect.objectContaining({ host: '2001:db8::1', port: 443, sni: null, tags: [] }),
    ]);
  });

  it('says which columns it does not use and which lines it cannot', () => {
    const { endpoints, problems } = readImportText(
      'host,port,colour\nwww.example.com,443,red\n,443,\nb.example,x,\nc.example:1,2,\n# remark\n"d.example',
    );
    expect(endpoints).toEqual([]);
    expect(problems[0]).toEqual({ line: 1, message: 'The column “colour” is not used.' });
    expect(problems.at(-1)?.message).toMatch(/no CSV/);
  });

  it('keeps the right line numbers behind blank lines and cells of several lines', () => {
    const { endpoints, problems } = readImportText(
      'host,name\n\na.example,"two\nlines"\n\n*,x\nb.example,\n',
    );
    expect(endpoints.map(({ host }) => host)).toEqual(['a.example', 'b.example']);
    expect(problems).toEqual([expect.objectContaining({ line: 6 })]);
  });
});

it('reads any text without failing, and each word of a list is an endpoint, a port or a problem', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const { endpoints, problems } = readImportText(text);
      for (const { port } of endpoints) expect(port).toBeGreaterThan(0);
      for (const { line } of problems) expect(line).toBeGreaterThan(0);
    }),
  );
  // Letters, dots, colons: no commas, no digits, so each word is one endpoint or one problem.
  const word = fc
    .stringMatching(/^[a-z.:*/]{1,12}$/)
    .filter((text) => !/host|name|ip|url/.test(text));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const { endpoints, problems } = readImportText(['192.0.2.1', ...words].join('\n'));
      expect(endpoints.length + problems.length).toBe(words.length + 1);
    }),
  );
});

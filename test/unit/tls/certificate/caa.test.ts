import { createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { afterEach, describe, expect, it } from 'vitest';
import { readCaa } from '../../../../electron/tls/certificate/caa';
import { createDnsServer } from './dnsServer';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function zone(records: Parameters<typeof createDnsServer>[0]) {
  const server = await createDnsServer(records);
  closers.push(server.close);
  const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server.address]);
  closers.push(() => resolver.cancel());
  return { resolver, asked: server.asked };
}

describe('asks DNS who may issue, on a DNS server on loopback', () => {
  it('at the name itself, else climbing to the root', async () => {
    const { asked, resolver } = await zone({
      'example.test': [
        { flags: 0, tag: 'issue', value: 'letsencrypt.org; validationmethods=dns-01' },
        { flags: 0, tag: 'issuewild', value: ';' },
        { flags: 128, tag: 'iodef', value: 'mailto:a@example.test' },
      ],
    });
    const found = {
      value: 'yes',
      why: 'Set at example.test.',
      records: [
        '0 issue "letsencrypt.org; validationmethods=dns-01"',
        '0 issuewild ";"',
        '128 iodef "mailto:a@example.test"',
      ],
    };
    expect(await readCaa('example.test', resolver)).toEqual(found);
    expect(await readCaa('A.b.Example.test.', resolver)).toEqual(found);
    expect(asked).toEqual(['example.test', 'a.b.example.test', 'b.example.test', 'example.test']);
  });

  it('no: every authority may, where no name has records', async () => {
    const { asked, resolver } = await zone({});
    expect(await readCaa('bücher.test', resolver)).toEqual({
      value: 'no',
      why: 'Every authority may issue: no CAA record up to the root.',
      records: [],
    });
    expect(asked).toEqual(['xn--bcher-kva.test', 'test']);
  });

  it('records that limit nobody, and critical ones that few know', async () => {
    const { resolver } = await zone({
      'contact.test': [{ flags: 0, tag: 'iodef', value: 'mailto:a@contact.test' }],
      'new.test': [{ flags: 128, tag: 'future', value: 'x' }],
    });
    expect((await readCaa('contact.test', resolver)).why).toBe(
      'Set at contact.test, without limiting who may issue.',
    );
    expect(await readCaa('new.test', resolver)).toEqual({
      value: 'yes',
      why: 'Set at new.test, with critical properties that few authorities know: future.',
      records: ['128 future "x"'],
    });
  });

  it('unknown where DNS refuses or is silent, also on the way up', async () => {
    const { resolver } = await zone({ 'refused.test': 'refuse', 'servfail.test': 'fail' });
    expect(await readCaa('www.refused.test', resolver)).toEqual({
      value: 'unknown',
      why: 'DNS did not answer for refused.test: EREFUSED.',
      records: [],
    });
    expect((await readCaa('servfail.test', resolver)).value).toBe('unknown');
    const silent = createSocket('udp4');
    await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
    closers.push(() => silent.close());
    resolver.setServers([`127.0.0.1:${silent.address().port}`]);
    expect((await readCaa('silent.test', resolver)).value).toBe('unknown');
  });

  it('not for addresses', async () => {
    const { asked, resolver } = await zone({});
    for (const host of ['192.0.2.1', '[2001:db8::1]', '2001:db8::1']) {
      expect(await readCaa(host, resolver)).toMatchObject({ value: 'no', records: [] });
    }
    expect(asked).toEqual([]);
  });
});

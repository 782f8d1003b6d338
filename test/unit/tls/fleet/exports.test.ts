import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../../electron/tls/export/csv';
import { jsonOf } from '../../../../electron/tls/export/json';
import { sarifOf } from '../../../../electron/tls/export/sarif';
import { exampleResult } from './exampleResult';

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

const unreachable = exampleResult({
  endpoint: { host: '2001:db8::1', port: 8443, sni: null },
  reachable: false,
  unreachable: 'The connection was refused.',
  protocols: [],
  certificates: [],
  vulnerabilities: [],
});

describe('the JSON document', () => {
  const read = async (...results: ReturnType<typeof exampleResult>[]) =>
    JSON.parse(await textOf(jsonOf(results, '2026-11-24T12:00:00.000Z'))) as {
      format: string;
      results: Record<string, unknown>[];
    };

  it('has the form that programs were promised', async () => {
    const { format, results } = await read(exampleResult(), unreachable);
    expect(format).toBe('claviger-tls/1');
    const [first, second] = results;
    expect(first).toMatchObject({
      endpoint: {
        host: 'www.example.com',
        port: 443,
        address: '192.0.2.7',
        sni: 'www.example.com',
      },
      protocols: expect.arrayContaining([
        {
          version: 'TLS1.2',
          offered: 'yes',
          suites: [
            { id: '0xC02F', name: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', group: 'X25519' },
          ],
          suitesComplete: true,
          preference: 'server',
        },
        expect.objectContaining({ version: 'SSLv2', offered: 'unknown' }),
      ]),
      groups: [{ id: '0x001D', name: 'X25519' }],
      vulnerabilities: expect.arrayContaining([
        { id: 'robot', verdict: 'vulnerable', why: 'It tells bad padding from good.' },
      ]),
      grade: { letter: 'F', score: 88, caps: [{ rule: 'robot' }], warnings: [{ letter: 'A-' }] },
      profiles: { 'mozilla-5.8/intermediate': { name: 'Mozilla intermediate' } },
      elbPolicy: { nearest: 'ELBSecurityPolicy-TLS-1-2-2017-01' },
      stats: { connections: 17, bytesIn: 20_000, bytesOut: 4000, ms: 512.5 },
    });
    expect(second).toMatchObject({
      endpoint: { host: '2001:db8::1', port: 8443, address: null, sni: null },
      reachable: false,
    });
  });

  it('leaves out what was not asked for, which is another thing than an empty list', async () => {
    const { results } = await read(exampleResult({ parts: ['protocols', 'suites'] }));
    expect(Object.keys(results[0] ?? {})).toContain('protocols');
    for (const name of ['groups', 'certificates', 'http', 'vulnerabilities', 'caa']) {
      expect(Object.keys(results[0] ?? {})).not.toContain(name);
    }
  });

  it('is a document also without results', async () => {
    expect((await read()).results).toEqual([]);
  });
});

describe('the CSV', () => {
  it('has a record for each address, unknowns as unknown, and formulas defused', async () => {
    const endpoint = { name: '=HYPERLINK("x")', owner: '@team', tags: ['prod', 'web'] };
    const text = await textOf(
      csvOf([{ result: exampleResult(), endpoint }, { result: unreachable }]),
    );
    const [header = '', first = '', second = ''] = text.split('\r\n');
    const columns = header.split(',');
    expect(first).toContain(`"'=HYPERLINK(""x"")"`);
    expect(first).toContain(`'@team`);
    expect(first).toContain('unknown: no answer in time');
    expect(first).toContain(',heartbleed,');
    expect(columns).toContain('TLS1.3');
    expect(second).toContain('no: The connection was refused.');
  });
});

describe('the SARIF log', () => {
  const log = JSON.parse(
    sarifOf([exampleResult(), unreachable], { version: '1.2.3', complete: false }),
  ) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      invocations: unknown[];
      results: {
        ruleId: string;
        ruleIndex: number;
        kind: string;
        level: string;
        message: { text: string };
        locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
        partialFingerprints: Record<string, string>;
      }[];
    }[];
  };
  const [run] = log.runs;
  const results = run?.results ?? [];
  const byRule = (rule: string) => results.filter(({ ruleId }) => ruleId === rule);

  it('follows the rules of SARIF 2.1.0', () => {
    expect(log.version).toBe('2.1.0');
    expect(run?.invocations).toEqual([{ executionSuccessful: false }]);
    const rules = run?.tool.driver.rules ?? [];
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length); // 3.49.3
    for (const { ruleId, ruleIndex, kind, level, message, locations } of results) {
      expect(rules[ruleIndex]?.id).toBe(ruleId); // 3.27.6
      expect(kind === 'fail' ? ['error', 'warning', 'note'] : ['none']).toContain(level); // 3.27.10
      expect(message.text).not.toBe('');
      for (const { physicalLocation } of locations) {
        expect(URL.canParse(physicalLocation.artifactLocation.uri)).toBe(true);
      }
    }
  });

  it('has what is wrong as failures and what is unknown as open', () => {
    expect(byRule('vulnerability/robot')).toMatchObject([{ kind: 'fail', level: 'error' }]);
    expect(byRule('vulnerability/lucky13')).toMatchObject([{ kind: 'fail', level: 'warning' }]);
    expect(byRule('vulnerability/heartbleed')).toMatchObject([{ kind: 'open', level: 'none' }]);
    expect(byRule('vulnerability/freak')).toEqual([]);
    expect(byRule('protocol/SSLv2')).toMatchObject([{ kind: 'open' }]);
    expect(byRule('certificate/validity')).toMatchObject([{ kind: 'fail', level: 'error' }]);
    expect(byRule('certificate/trust-mozilla')).toMatchObject([{ kind: 'open' }]);
    expect(byRule('demand/tls13')).toMatchObject([{ kind: 'fail' }]);
    expect(byRule('scan/reachable')).toMatchObject([
      {
        kind: 'open',
        message: { text: '[2001:db8::1]:8443: The connection was refused.' },
        locations: [
          { physicalLocation: { artifactLocation: { uri: 'https://[2001:db8::1]:8443/' } } },
        ],
      },
    ]);
  });

  it('gives the same finding the same fingerprint in every scan, and others another', () => {
    const later = exampleResult({ startedAt: '2026-12-01T12:00:00.000Z' });
    const again = JSON.parse(sarifOf([later], { version: '1.2.4', complete: true })) as typeof log;
    const prints = (of: typeof results) =>
      of.map((each) => each.partialFingerprints['claviger/v1']);
    const before = new Set(prints(results));
    expect(prints(again.runs[0]?.results ?? []).every((each) => before.has(each))).toBe(true);
    expect(before.size).toBe(results.length);
  });
});

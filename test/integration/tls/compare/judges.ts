import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProtocolResult, TlsVersion } from '../../../../shared/model/tls/scan';

/** Version by version the code points that are offered; a version that is not offered is absent. */
export type Offer = Readonly<Partial<Record<TlsVersion, readonly string[]>>>;

/** Our own finding in the form of the judges'. */
export function offerOf(protocols: readonly ProtocolResult[]): Offer {
  return Object.fromEntries(
    protocols
      .filter(({ offered }) => offered === 'yes')
      .map(({ version, suites }) => [version, suites.map(({ id }) => id).toSorted()]),
  );
}

/** What Debian's testssl.sh finds with `-p -E`. */
export async function testsslOffer(port: number): Promise<Offer> {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-testssl-'));
  try {
    const file = join(folder, 'result.json');
    const args = ['-p', '-E', '--color', '0', '--quiet', '--warnings', 'batch', '--jsonfile', file];
    // Its exit status tells of its findings; a missing file shows where it could not run.
    await promisify(execFile)('testssl', [...args, `localhost:${port}`], {
      maxBuffer: 2 ** 24,
      env: { ...process.env, TERM: 'dumb' },
    }).catch(() => {});
    return readTestssl(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What Debian's sslscan finds. It knows no suites of SSLv2 and SSLv3. */
export async function sslscanOffer(port: number): Promise<Offer> {
  const args = ['--xml=-', '--no-colour', '--no-check-certificate', '--no-heartbleed'];
  const { stdout } = await promisify(execFile)('sslscan', [...args, `127.0.0.1:${port}`], {
    maxBuffer: 2 ** 24,
  });
  return readSslscan(stdout);
}

const testsslVersions: Readonly<Record<string, TlsVersion>> = {
  ssl2: 'SSLv2',
  sslv2: 'SSLv2',
  ssl3: 'SSLv3',
  sslv3: 'SSLv3',
  tls1: 'TLS1.0',
  tls1_1: 'TLS1.1',
  tls1_2: 'TLS1.2',
  tls1_3: 'TLS1.3',
};

function readTestssl(json: string): Offer {
  const found: Partial<Record<TlsVersion, string[]>> = {};
  for (const { id, finding } of JSON.parse(json) as { id: string; finding: string }[]) {
    const named = testsslVersions[id.toLowerCase()];
    if (named && /^(?!not )offered|^vulnerable/.test(finding)) found[named] ??= [];
    const [, word = '', code = ''] = /^cipher-(.+)_x([0-9a-f]+)$/.exec(id) ?? [];
    const version = testsslVersions[word];
    if (version) (found[version] ??= []).push(idOf(code));
  }
  return sorted(found);
}

/** testssl writes `x2f` for 0x002F and `x010080` for SSLv2. */
function idOf(code: string): string {
  return `0x${code.toUpperCase().padStart(4, '0')}`;
}

function readSslscan(xml: string): Offer {
  const found: Partial<Record<TlsVersion, string[]>> = {};
  for (const [, type = '', version = '', enabled] of xml.matchAll(
    /<protocol type="(\w+)" version="([\d.]+)" enabled="(\d)"/g,
  )) {
    if (enabled === '1') found[versionOf(type, version)] = [];
  }
  for (const [, version = '', id = ''] of xml.matchAll(
    /<cipher [^>]*sslversion="(?:TLSv|SSLv)([\d.]+)"[^>]* id="(0x[0-9A-F]{4})"/g,
  )) {
    (found[versionOf('tls', version)] ??= []).push(id);
  }
  return sorted(found);
}

function versionOf(type: string, version: string): TlsVersion {
  return (type === 'ssl' ? `SSLv${version}` : `TLS${version}`) as TlsVersion;
}

function sorted(found: Partial<Record<TlsVersion, string[]>>): Offer {
  return Object.fromEntries(
    Object.entries(found).map(([version, ids]) => [version, [...new Set(ids)].toSorted()]),
  );
}

/** What sslscan can tell: TLS 1.0 and later. */
export function withoutSsl(offer: Offer): Offer {
  return Object.fromEntries(Object.entries(offer).filter(([version]) => version.startsWith('TLS')));
}

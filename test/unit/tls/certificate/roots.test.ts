import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPemCertificates } from '../../../../electron/tls/certificate/pem';
import { loadRootStores, type RootStore } from '../../../../electron/tls/certificate/roots';
import { createPki, type Issued, type Pki } from './pki';

let pki: Pki;
let root: Issued;
beforeAll(() => {
  pki = createPki();
  root = pki.issue('root');
});
afterAll(() => pki.remove());

const missing = () => Promise.reject(Object.assign(new Error('no file'), { code: 'ENOENT' }));
const outline = (stores: readonly RootStore[]) =>
  stores.map((store) =>
    store.kind === 'roots'
      ? `${store.name}: ${store.fingerprints.size}`
      : `${store.name}: ${store.why}`,
  );

describe('reads root stores', () => {
  it("this system's, Mozilla's, and an own bundle from its file", async () => {
    const path = pki.file('own.pem', `A comment\n${root.pem}\n${pki.issue('second').pem}`);
    const [system, mozilla, own] = await loadRootStores({ ownCa: { name: 'Ours', path } });
    const debian = await readFile('/etc/ssl/certs/ca-certificates.crt', 'utf8');
    const all = new Set(readPemCertificates(debian).map((der) => der.toString('hex')));
    expect(system).toMatchObject({ kind: 'roots', name: 'system', skipped: 0 });
    expect(mozilla).toMatchObject({ kind: 'roots', name: 'mozilla', skipped: 0 });
    if (system?.kind !== 'roots' || mozilla?.kind !== 'roots') return;
    expect(system.fingerprints.size).toBe(all.size);
    expect(mozilla.fingerprints.size).toBeGreaterThan(100);
    expect(own).toMatchObject({ name: 'Ours', fingerprints: { size: 2 } });
  });

  it("the system's by the runtime where it can, else from the file that this system has", async () => {
    const base = { mozillaRoots: [root.pem], readFile: missing };
    expect(outline(await loadRootStores({}, { ...base, systemRoots: () => [root.pem] }))).toEqual([
      'system: 1',
      'mozilla: 1',
    ]);
    const refusing = () => {
      throw new Error('keychain');
    };
    const fedora = (path: string) =>
      path.startsWith('/etc/pki/ca-trust') ? Promise.resolve(root.pem) : missing();
    const sources = { ...base, systemRoots: refusing, readFile: fedora };
    expect(outline(await loadRootStores({}, sources))[0]).toBe('system: 1');
  });

  it('and says of one that cannot be read why, instead of an empty one', async () => {
    const sources = { mozillaRoots: [], readFile: missing, systemRoots: () => [] };
    const stores = await loadRootStores({ ownCa: { name: 'Ours', path: '/none' } }, sources);
    expect(outline(stores)).toEqual([
      "system: this system's roots were found neither by the runtime nor in a file",
      'mozilla: no certificates were found in it',
      'Ours: the file cannot be read (ENOENT)',
    ]);
  });
});

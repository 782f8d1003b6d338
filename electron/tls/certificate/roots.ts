import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { readPemCertificates } from './pem';
import { readCertificate, type X509 } from './x509';

/** The certificates that somebody trusts, or why they cannot be read. */
export type RootStore =
  | {
      readonly kind: 'roots';
      /** `system`, `mozilla`, or the name of an own CA bundle. */
      readonly name: string;
      /** By the key of the subject's name. */
      readonly bySubject: ReadonlyMap<string, readonly X509[]>;
      /** By SHA-256 of the certificate. */
      readonly fingerprints: ReadonlySet<string>;
      /** Certificates in it that cannot be read: one of them may be the root that is looked for. */
      readonly skipped: number;
    }
  | { readonly kind: 'unreadable'; readonly name: string; readonly why: string };

/** What the stores are read from; tests give their own. */
export interface RootSources {
  /** PEM of the system's roots, as Node 22.15 and later have it; undefined where it has not. */
  readonly systemRoots?: (() => readonly string[]) | undefined;
  readonly readFile: (path: string) => Promise<string>;
  /** PEM of Mozilla's roots, as the runtime brings them. */
  readonly mozillaRoots: readonly string[];
}

/**
 * Reads the root stores to judge trust against: the system's, Mozilla's and, where a path to a PEM file
 * is given, an own CA bundle. Do it once for many endpoints. Never throws: a store that cannot be read
 * says why, and every verdict on it is `cannot-tell`.
 */
export async function loadRootStores(
  options: { readonly ownCa?: { readonly name: string; readonly path: string } | undefined } = {},
  sources: RootSources = runtimeSources(),
): Promise<RootStore[]> {
  const stores = [await systemStore(sources), rootStore('mozilla', sources.mozillaRoots)];
  if (!options.ownCa) return stores;
  const { name, path } = options.ownCa;
  const own = await sources.readFile(path).then(
    (pem) => rootStore(name, [pem]),
    (error: unknown) => unreadable(name, `the file cannot be read (${codeOf(error)})`),
  );
  return [...stores, own];
}

/** A store of the certificates in PEM texts. */
export function rootStore(name: string, pems: readonly string[]): RootStore {
  const bySubject = new Map<string, X509[]>();
  const fingerprints = new Set<string>();
  let skipped = 0;
  for (const read of pems.flatMap(readPemCertificates).map(readCertificate)) {
    if (read.kind === 'unreadable') {
      skipped += 1;
      continue;
    }
    const { certificate } = read;
    // A system's list may name a root several times.
    if (fingerprints.has(certificate.sha256)) continue;
    fingerprints.add(certificate.sha256);
    const same = bySubject.get(certificate.subject.key) ?? [];
    bySubject.set(certificate.subject.key, [...same, certificate]);
  }
  if (fingerprints.size === 0) return unreadable(name, 'no certificates were found in it');
  return { kind: 'roots', name, bySubject, fingerprints, skipped };
}

async function systemStore(sources: RootSources): Promise<RootStore> {
  const listed = listedRoots(sources);
  if (listed.length > 0) return rootStore('system', listed);
  for (const path of bundlePaths) {
    const pem = await sources.readFile(path).catch(() => '');
    if (pem !== '') return rootStore('system', [pem]);
  }
  return unreadable(
    'system',
    "this system's roots were found neither by the runtime nor in a file",
  );
}

function listedRoots({ systemRoots }: RootSources): readonly string[] {
  try {
    return systemRoots?.() ?? [];
  } catch {
    return []; // a keychain or registry that refuses; a file may still be there
  }
}

/** Debian, Fedora and RHEL, SUSE, Alpine and macOS (the file that Apple keeps for OpenSSL's users). */
const bundlePaths = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

function unreadable(name: string, why: string): RootStore {
  return { kind: 'unreadable', name, why };
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no reason given';
}

function runtimeSources(): RootSources {
  // Newer than the oldest runtime's types: Electron 33 has Node 20.
  const newer = tls as { getCACertificates?: (type: 'system') => string[] };
  const list = newer.getCACertificates;
  return {
    systemRoots: list && (() => list('system')),
    readFile: (path) => readFile(path, 'utf8'),
    mozillaRoots: tls.rootCertificates,
  };
}

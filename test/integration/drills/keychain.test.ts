import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeychain } from '../../../electron/window/keychain';
import { temporaryFolder } from '../../unit/store/temporaryFolder';
import { openForTest } from '../services/openForTest';

type SafeStorage = Parameters<typeof createKeychain>[0];

/** What Electron's safeStorage does, with a key of this machine: what another one protected does not open. */
function machine(changes: Partial<SafeStorage> = {}): SafeStorage {
  const key = randomBytes(32);
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
    },
    decryptString(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
    },
    ...changes,
  };
}

const passphrase = 'correct horse battery staple';
const secretOf = (opened: Awaited<ReturnType<typeof openForTest>>) =>
  JSON.parse(
    String(opened.services.store.db.prepare('SELECT secret FROM drill_person').get()?.['secret']),
  ) as { keychain: boolean; ciphertext: string };

describe('a signing key under the system’s keychain', () => {
  it('opens with its passphrase on this machine, and not on another though the passphrase is right', async () => {
    const dataDir = temporaryFolder();
    const here = machine();
    const first = await openForTest({ dataDir, keychain: () => createKeychain(here, 'linux') });
    const { id } = await first.client.drills.addPerson({ name: 'Ada', passphrase });
    expect(secretOf(first).keychain).toBe(true);
    const next = `${passphrase} again`;
    await expect(
      first.client.drills.changePassphrase({
        person: id,
        passphrase: 'a wrong passphrase',
        newPassphrase: next,
      }),
    ).rejects.toMatchObject({
      code: 'bad-request',
      message: 'The passphrase is not the right one.',
    });
    await first.client.drills.changePassphrase({ person: id, passphrase, newPassphrase: next });
    await first.close();

    for (const keychain of [machine(), undefined]) {
      const elsewhere = await openForTest({
        dataDir,
        keychain: () => keychain && createKeychain(keychain, 'linux'),
      });
      await expect(
        elsewhere.client.drills.changePassphrase({
          person: id,
          passphrase: next,
          newPassphrase: passphrase,
        }),
      ).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining('keychain of another machine or user') as string,
      });
      await elsewhere.close();
    }
    const back = await openForTest({ dataDir, keychain: () => createKeychain(here, 'linux') });
    await back.client.drills.changePassphrase({
      person: id,
      passphrase: next,
      newPassphrase: passphrase,
    });
  }, 60_000);

  it.each([
    [
      'a Linux that would use a password that everybody knows',
      { getSelectedStorageBackend: () => 'basic_text' as const },
    ],
    [
      'a Linux that does not say which it has',
      { getSelectedStorageBackend: () => 'unknown' as const },
    ],
    ['a system without one', { isEncryptionAvailable: () => false }],
  ])(
    'is kept under its passphrase alone on %s',
    async (_where, changes) => {
      const storage = machine({
        ...changes,
        encryptString: () => {
          throw new Error('It must not be used.');
        },
      });
      const opened = await openForTest({ keychain: () => createKeychain(storage, 'linux') });
      const { id } = await opened.client.drills.addPerson({ name: 'Ada', passphrase });
      expect(secretOf(opened).keychain).toBe(false);
      await opened.client.drills.changePassphrase({
        person: id,
        passphrase,
        newPassphrase: `${passphrase}!`,
      });
    },
    60_000,
  );

  it('uses the keychain of macOS and Windows without asking for a Linux backend', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const storage = machine({
        getSelectedStorageBackend: () => {
          throw new Error('There is none on this system.');
        },
      });
      const keychain = createKeychain(storage, platform);
      const bytes = randomBytes(100);
      expect(Buffer.from(keychain?.unprotect(keychain.protect(bytes)) ?? [])).toEqual(bytes);
    }
  });
});

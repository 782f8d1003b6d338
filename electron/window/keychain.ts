import type { SafeStorage } from 'electron';
import type { Keychain } from '../drills/index';

/**
 * The system's keychain (Keychain, DPAPI, Secret Service) as a further layer under signing keys;
 * undefined where there is none: on Linux without one Electron would use a password that everybody knows.
 */
export function createKeychain(
  safeStorage: Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> &
    Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>,
  platform: NodeJS.Platform,
): Keychain | undefined {
  if (!safeStorage.isEncryptionAvailable()) return undefined;
  const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend?.() : undefined;
  if (backend === 'basic_text' || backend === 'unknown') return undefined;
  return {
    protect: (bytes) => safeStorage.encryptString(Buffer.from(bytes).toString('base64')),
    unprotect: (bytes) => Buffer.from(safeStorage.decryptString(Buffer.from(bytes)), 'base64'),
  };
}

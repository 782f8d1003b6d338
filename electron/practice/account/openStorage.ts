import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { tryLock } from '../../store/index';
import { fileStorage, memoryStorage, type Storage } from './storage';

/**
 * Opens the state of the account that lives in a folder, which is then this process's alone until
 * `release`; without a folder, one in memory.
 * @throws AppError `conflict` where another process has the folder, and the store's codes
 */
export function openStorage(stateDir: string | undefined): {
  storage: Storage;
  release: () => void;
} {
  if (stateDir === undefined) return { storage: memoryStorage(), release: () => {} };
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const lock = tryLock(join(stateDir, 'practice.lock'), 'exclusive');
  if (!lock) {
    throw new AppError(
      'conflict',
      'Another practice account already runs on this folder. Use that one, or another folder.',
      { stateDir },
    );
  }
  try {
    return { storage: fileStorage(stateDir), release: () => lock.release() };
  } catch (error) {
    lock.release();
    throw error;
  }
}

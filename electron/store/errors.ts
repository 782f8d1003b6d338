import { AppError } from '../../shared/model/errors';

/** Primary result codes, https://www.sqlite.org/rescode.html */
const sqlite = {
  PERM: 3,
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const;
/** The -shm file could not be made as large as needed: SQLite's only word for it on a full disk. */
const ioErrorShmSize = sqlite.IOERR | (19 << 8);

/**
 * An error of SQLite or the file system as AppError: `disk-full`, `store-corrupt`, `conflict` (another
 * process holds the database) or `file-failed`. Any other is a defect and comes back as it is.
 */
export function storeError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const { code, errcode, systemErrno } = error as SqliteError;
  if (code === 'ENOSPC' || code === 'EDQUOT' || systemErrno === 28) return diskFull(error);
  if (typeof errcode !== 'number') {
    return code !== undefined && /^E[A-Z]+$/.test(code) ? fileFailed(error, code) : error;
  }
  if (errcode === ioErrorShmSize) return diskFull(error);
  switch (errcode & 0xff) {
    case sqlite.FULL:
      return diskFull(error);
    case sqlite.CORRUPT:
    case sqlite.NOTADB:
      return new AppError(
        'store-corrupt',
        'The database is damaged. Start Claviger again: it keeps the damaged file and goes on with the newest backup.',
        {},
        { cause: error },
      );
    case sqlite.BUSY:
    case sqlite.LOCKED:
      return new AppError(
        'conflict',
        'Another Claviger process is writing to the database. Try again in a moment.',
        {},
        { cause: error },
      );
    case sqlite.PERM:
    case sqlite.READONLY:
    case sqlite.IOERR:
    case sqlite.CANTOPEN:
      return fileFailed(error, `SQLite ${errcode}`);
    default:
      return error;
  }
}

/** True for the errors that mean "this file is no sound database". */
export function isCorrupt(error: unknown): boolean {
  return error instanceof AppError && error.code === 'store-corrupt';
}

interface SqliteError extends Error {
  code?: string;
  errcode?: number;
  systemErrno?: number;
}

function diskFull(cause: Error): AppError {
  return new AppError(
    'disk-full',
    'The disk is full, so nothing could be stored. Free some space and try again; what was stored before is safe.',
    {},
    { cause },
  );
}

function fileFailed(cause: Error, reason: string): AppError {
  return new AppError(
    'file-failed',
    "Claviger's data folder could not be read or written. See that you own it and that the disk is not read-only.",
    { reason },
    { cause },
  );
}

import { AppError } from '../../shared/model/errors';

/** Whether the file system refused to write for lack of space or quota. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** What to say of a folder under which a download found no space. */
export function diskFull(folder: string): AppError {
  return new AppError(
    'disk-full',
    `There is no space left under ${folder}. Free about 1 GB there, or set XDG_CACHE_HOME to a folder on another disk, and start again.`,
  );
}

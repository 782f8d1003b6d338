import { join } from 'node:path';

/** What the command line and the program that prints for it share, in a folder that is there for one printing. */
export function printFiles(folder: string): {
  readonly document: string;
  readonly pdf: string;
  /** Chromium's own files. */
  readonly chromium: string;
} {
  return {
    document: join(folder, 'document.html'),
    pdf: join(folder, 'document.pdf'),
    chromium: join(folder, 'chromium'),
  };
}

/**
 * A pax record of an archive's first entry, by which its own archives are known when a message is opened:
 * the archive of a stranger is given back as the file that it is. Other readers of tar ignore it.
 */
export const archiveMark = { name: 'CLAVIGER.archive', value: '1' } as const;

/** Whether a content begins as such an archive does (a pax header, then its records). */
export function looksLikeArchive(start: Uint8Array): boolean {
  const head = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, 1024));
  return (
    head.toString('latin1', 257, 262) === 'ustar' &&
    head.toString('latin1', 156, 157) === 'x' &&
    head.toString('latin1', 512).includes(` ${archiveMark.name}=${archiveMark.value}\n`)
  );
}

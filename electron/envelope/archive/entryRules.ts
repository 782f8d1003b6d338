import { posix } from 'node:path';

/**
 * The path of an archive's entry as its parts, or why it is refused. An archive comes out of an envelope
 * that whoever may use the key can write: it must reach nothing outside its folder.
 */
export function entryPath(name: string): { readonly parts: string[] } | { readonly why: string } {
  if (/[\0\\]/.test(name)) return { why: 'has a name with a character that is not allowed' };
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return { why: 'has an absolute name' };
  const parts = name.split('/').filter((part, index, all) => part !== '' || index < all.length - 1);
  if (parts.some((part) => part === '..' || part === '.' || part === '')) {
    return { why: 'has a name that leads elsewhere' };
  }
  if (parts.length === 0) return { why: 'has no name' };
  if (parts.some((part) => Buffer.byteLength(part) > 255))
    return { why: 'has a name that is too long' };
  return { parts };
}

/** Whether a link stays inside the archive's own folder, wherever that is put. */
export function linkStaysInside(parts: readonly string[], target: string): boolean {
  if (
    target === '' ||
    /[\0\\]/.test(target) ||
    target.startsWith('/') ||
    /^[A-Za-z]:/.test(target)
  ) {
    return false;
  }
  const [root = ''] = parts;
  const reached = posix.normalize(posix.join(...parts.slice(0, -1), target));
  return reached === root || reached.startsWith(`${root}/`);
}

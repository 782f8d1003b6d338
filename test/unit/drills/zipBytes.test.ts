import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { packed } from './smallRecord';

it('packs the same files to the bytes to which every earlier version packed them', async () => {
  const files = new Map([
    ['record.json', Buffer.from('{"a":1}\n')],
    ['evidence/näher/photo.jpg', Buffer.alloc(70_000, 7)],
    ['SHA256SUMS', Buffer.from('of no file\n')],
  ]);
  const zip = await packed(files, '2026-11-28T23:30:06.000Z');
  // A zip is checked by packing its files again: were these bytes others, zips of earlier drills were refused.
  expect(createHash('sha256').update(zip).digest('hex')).toBe(
    '50faac98a2625d8a4195ffebd9f861b6bf64b9ef35a073f8aa690719bbe0825b',
  );
});

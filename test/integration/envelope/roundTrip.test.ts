import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkbench } from './workbench';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.each(['simple', 'esdk'] as const)('a file in the format %s', (format) => {
  it.each([0, 1, 12, 1024 * 1024, 3 * 1024 * 1024 + 17])(
    'of %i bytes comes out as it went in',
    async (length) => {
      const bench = await openWorkbench();
      const key = await bench.newKey();
      const content = randomBytes(length);
      const source = await bench.file('record.bin', content);
      const [sealed] = await bench.encrypt({
        sources: [source.id],
        keys: [key],
        context: { purpose: 'test' },
        format,
      });
      expect(sealed).toMatchObject({
        state: 'done',
        format,
        plaintextSha256: sha256(content),
        bytesIn: length,
      });
      const envelope = await bench.source(sealed?.path ?? '');
      expect(envelope.envelope).toBe(format);
      expect(sealed?.envelopeSha256).toBe(sha256(readFileSync(envelope.path)));
      expect(statSync(envelope.path).mode & 0o777).toBe(0o600);

      const place = await bench.source(bench.dataDir);
      const [opened] = await bench.decrypt({ sources: [envelope.id], place: place.id });
      expect(opened).toMatchObject({ state: 'done', plaintextSha256: sha256(content) });
      expect(opened?.path).toBe(join(bench.dataDir, 'record.bin'));
      expect(readFileSync(opened?.path ?? '').equals(content)).toBe(true);
      expect(statSync(opened?.path ?? '').mode & 0o777).toBe(0o600);
      expect(opened?.keys?.[0]).toMatchObject({ keyArn: key.arn, connection: 'practice' });
      expect(readdirSync(bench.folder).filter((name) => name.startsWith('.'))).toEqual([]);
      expect(bench.defects).toEqual([]);
    },
  );
});

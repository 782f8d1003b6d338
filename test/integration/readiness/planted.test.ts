import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checks } from '../../../shared/model/readiness/checks/index';
import type { ClavigerClient } from '../../../shared/contract/index';
import { openForTest } from '../services/openForTest';

const docs = join(import.meta.dirname, '../../../docs/readiness.md');

/** Every failing thing of every check, as the table in docs/readiness.md has them. */
async function failures(client: ClavigerClient): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { id } of checks) {
    const { items } = await client.readiness.items({
      check: id,
      verdicts: ['fail'],
      offset: 0,
      limit: 500,
    });
    const names = items.map(({ subject: { kind, name, region } }) =>
      kind === 'key'
        ? `${name.startsWith('alias/') ? name : 'a key without alias'} (${region ?? ''})`
        : name.replace(/^\d{12} /, ''),
    );
    if (names.length > 0) found.set(id, names.toSorted());
  }
  return found;
}

function table(): Map<string, string[]> {
  const text = readFileSync(docs, 'utf8');
  const section = /<!-- planted -->\n([\s\S]*?)<!-- \/planted -->/.exec(text)?.[1] ?? '';
  const rows = [...section.matchAll(/^\| `([\w-]+)`\s*\|\s*(.*?)\s*\|$/gm)];
  return new Map(rows.map(([, id = '', names = '']) => [id, names.split('; ').toSorted()]));
}

/** For `npx prettier --write docs/readiness.md` to align, and for a person to read: is every fault one? */
function writeTable(found: ReadonlyMap<string, readonly string[]>): void {
  const rows = [...found].map(([id, names]) => `| \`${id}\` | ${names.join('; ')} |`).toSorted();
  const head = '| check | what fails |\n| --- | --- |';
  const text = readFileSync(docs, 'utf8');
  writeFileSync(
    docs,
    text.replace(
      /(<!-- planted -->\n)[\s\S]*?(<!-- \/planted -->)/,
      (_all, open: string, close: string) => `${open}\n${head}\n${rows.join('\n')}\n\n${close}`,
    ),
  );
}

it('finds every fault that is planted in the practice company, and nothing else (UPDATE_DOCS=1 writes the table)', async () => {
  const { client } = await openForTest({ practice: true });
  const { connections } = await client.accounts.list();
  const practice = connections.find(({ id }) => id === 'practice');
  const { regions } = await client.accounts.regions({ connection: 'practice' });
  await client.accounts.choose({
    chosen: [{ connection: 'practice', regions: regions.map(({ id }) => id) }],
  });
  expect(practice).toBeDefined();
  await client.tls.importEndpoints({ endpoints: await client.tls.practiceEndpoints() });
  await client.readiness.run({});
  const found = await failures(client);
  if (process.env['UPDATE_DOCS']) writeTable(found);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(table()));
}, 300_000);

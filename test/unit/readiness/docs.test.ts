import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checks } from '../../../shared/model/readiness/checks/index';
import { requirementsFor, frameworkIds } from '../../../shared/model/readiness/frameworks';
import { groupIds, groupNames } from '../../../shared/model/readiness/groups';

const file = join(import.meta.dirname, '../../../docs/readiness.md');
const section = /(<!-- checks -->\n)([\s\S]*?)(<!-- \/checks -->)/;

/** The table of all checks, as docs/readiness.md is to have it; widths of columns do not count. */
function expected(): string {
  const rows = groupIds.flatMap((group) => [
    '',
    `### ${groupNames[group]}`,
    '',
    '| check | question | severity | counts for | needs | speaks to |',
    '| --- | --- | --- | --- | --- | --- |',
    ...checks
      .filter((check) => check.group === group)
      .map((check) => {
        const { id, question, severity, shelfLifeHours, permissions, attested } = check;
        const life = attested ? 'as attested' : shelfLifeHours >= 168 ? 'a week' : 'a day';
        const needs = permissions.length > 0 ? permissions.join(', ') : 'no permission';
        const speaks = frameworkIds
          .filter((framework) => requirementsFor(check, framework).length > 0)
          .join(', ');
        return `| \`${id}\` | ${question} | ${severity} | ${life} | ${needs} | ${speaks} |`;
      }),
  ]);
  return `${rows.join('\n')}\n\n`;
}

const bare = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');

it('lists every check as the code has it (UPDATE_DOCS=1 writes it)', () => {
  const text = readFileSync(file, 'utf8');
  if (process.env['UPDATE_DOCS']) {
    writeFileSync(
      file,
      text.replace(
        section,
        (_all, open: string, _old, close: string) => `${open}${expected()}${close}`,
      ),
    );
  }
  const found = section.exec(readFileSync(file, 'utf8'))?.[2] ?? '';
  expect(bare(found)).toBe(bare(expected()));
});

import { access } from 'node:fs/promises';
import { skippedWords, totalOf, type SecretScan } from '../../shared/model/secrets';
import { defineCommand, exitCodes, UsageError, type Command } from '../command';

const usage = `Looks for access keys, tokens, private keys and passwords in files, with secretlint's recommended
rules. A secret that is found is shown and stored nowhere: file, line, kind and a mark that is the same
for the same secret within one scan.

Options:
  --ignore PATTERN   leaves files out, as a line of .gitignore does; may be repeated
  --no-gitignore     looks also into what .gitignore files leave out, such as .env files
  --json             the result as one JSON document

Exit codes: 0 nothing was found, 1 something was, 2 wrong usage, 3 nothing was found, but a file or a
folder could not be read.`;

/** `claviger secrets scan`: opens no database and keeps nothing. */
const scan = defineCommand({
  name: 'secrets scan',
  summary: 'Look for secrets in files and folders',
  usage,
  positionals: ['PATH...'],
  options: {
    ignore: { type: 'string', multiple: true },
    'no-gitignore': { type: 'boolean', default: false },
  },
  async run({ values, positionals }, { stdout, stderr, signal }) {
    if (positionals.length === 0) throw new UsageError('Name the files or folders to look into.');
    for (const path of positionals) {
      await access(path).catch(() => {
        throw new UsageError(`There is no ${path}, or you may not read it.`);
      });
    }
    const options = { ignore: values.ignore ?? [], gitignore: !values['no-gitignore'] };
    const { scanForSecrets } = await import('./thread');
    let told = 0;
    const result = await scanForSecrets(
      { paths: positionals, options, ignored: [], at: new Date().toISOString() },
      {
        signal,
        progress({ files }) {
          if (files < told + 1000) return;
          told = files;
          stderr(`${files} files read\n`);
        },
      },
    );
    stdout(values.json ? `${JSON.stringify(result, null, 2)}\n` : textOf(result));
    for (const { file, why } of result.unread) stderr(`Not read: ${file}: ${why}\n`);
    const { found, unread } = totalOf(result);
    if (found > 0) return exitCodes.failed;
    return unread > 0 ? exitCodes.partial : exitCodes.ok;
  },
});

export const secretCommands: readonly Command[] = [scan];

function textOf(scan: SecretScan): string {
  const total = totalOf(scan);
  const left = [skippedWords(total), total.unread > 0 && `${total.unread} that could not be read`]
    .filter(Boolean)
    .join(', ');
  return [
    ...scan.found.map(({ file, line, kind, mark }) => `${file}:${line}  ${kind}  ${mark}`),
    `${total.found} found in ${total.files} files. Not looked at: ${left || 'nothing'}.`,
    '',
  ].join('\n');
}

import { looksSecret } from '../../../shared/model/envelope/context';
import { defineCommand, exitCodes, UsageError } from '../../command';
import { numberOf } from '../../numberOption';
import {
  contextOf,
  formatOf,
  keysOf,
  openScope,
  placeOf,
  scopeOptions,
  scopeUsage,
  sourcesOf,
} from './options';
import { runItems } from './runItems';

/** `claviger envelope encrypt` */
export const encrypt = defineCommand({
  name: 'envelope encrypt',
  summary: 'Seal files and folders in envelopes: a data key of KMS for each',
  usage: `Arguments:
  IN                    files and folders; - for standard input

Options:
  --key KEY             ARN, id or alias; may be repeated: any of them opens the envelope
  --context NAME=VALUE  a pair of the encryption context; may be repeated; no secret, it is not encrypted
  --format FORMAT       simple (JSON, up to 64 MiB, one key), esdk (AWS Encryption SDK) or auto
  --out PATH            a folder for the envelopes, or the name of the one; - for standard output
  --each-file           seals each file of a folder by itself instead of one archive
  --hide-names          names go inside, the envelope's own tells nothing
  --remove-source       removes what was sealed once the envelope was read back and opened
  --replace             writes over files that are there
  --concurrency N       envelopes at once
${scopeUsage}
  --json                results as one JSON document (docs/envelopes.md)

Exit codes: 0 all is sealed, 1 a file could not be sealed, 3 KMS could not be asked.`,
  positionals: ['IN...'],
  options: {
    ...scopeOptions,
    key: { type: 'string', multiple: true },
    context: { type: 'string', multiple: true },
    format: { type: 'string' },
    out: { type: 'string' },
    'each-file': { type: 'boolean', default: false },
    'hide-names': { type: 'boolean', default: false },
    'remove-source': { type: 'boolean', default: false },
    replace: { type: 'boolean', default: false },
    concurrency: { type: 'string' },
  },
  async run({ values, positionals }, context) {
    const { json = false, out, replace } = values;
    const pairs = contextOf('--context', values.context);
    const format = formatOf(values.format);
    const concurrency =
      values.concurrency === undefined
        ? undefined
        : numberOf('--concurrency', values.concurrency, [1, 32], 1);
    if (!values.key) throw new UsageError('Name a key with --key.');
    if (positionals.length === 0) throw new UsageError('Name a file, a folder, or -.');
    for (const [name, value] of Object.entries(pairs)) {
      const warning = looksSecret(name, value);
      if (warning !== undefined) context.stderr(`claviger: ${warning}\n`);
    }
    const scoped = await openScope(values, context);
    const keys = await keysOf(values.key, scoped, context.signal);
    const { client, services } = scoped;

    if (positionals.includes('-') || out === '-') {
      const [from = '-', ...others] = positionals;
      if (others.length > 0) throw new UsageError('A pipe takes one input.');
      if (from === '-' && out === undefined) throw new UsageError('Name an --out for the pipe.');
      const { sealPipe } = await import('./pipe');
      const [key] = keys;
      const created = (await services.connections.now(key?.connection ?? '')).toISOString();
      const item = await sealPipe(
        { from, to: out ?? '-', replace },
        // What comes through a pipe may be of any size.
        { format: format === 'auto' ? 'esdk' : format, keys, context: pairs, created },
        services,
        context.signal,
      );
      // Standard output has the envelope.
      if (out === '-') context.stderr(`SHA-256 of the content  ${item.plaintextSha256}\n`);
      else if (json) context.stdout(`${JSON.stringify(item, null, 2)}\n`);
      return exitCodes.ok;
    }
    const sources = (await sourcesOf(client, positionals)).map(({ id }) => id);
    const place = await placeOf(client, out);
    return runItems(
      (options) =>
        client.envelope.encrypt(
          {
            batch: 'command',
            sources,
            ...place,
            replace,
            keys,
            context: pairs,
            format,
            folders: values['each-file'] ? 'each-file' : 'archive',
            hideNames: values['hide-names'],
            removeSource: values['remove-source'],
            concurrency,
          },
          options,
        ),
      { json, verb: 'Sealed', order: sources },
      context,
    );
  },
});

import {
  defineCommand,
  exitCodes,
  UsageError,
  type Command,
  type CommandContext,
} from '../../command';
import {
  contextOf,
  keysOf,
  openScope,
  placeOf,
  scopeOptions,
  scopeUsage,
  sourcesOf,
} from './options';
import { runItems } from './runItems';

/** Which keys may open, and what must be known of an envelope. */
export const openingOptions = {
  ...scopeOptions,
  key: { type: 'string', multiple: true },
  context: { type: 'string', multiple: true },
} as const;

export const openingUsage = `  --key KEY             only this key may open it (ARN, id or alias); may be repeated;
                        without it any key that the envelope names, in the named accounts
  --context NAME=VALUE  a pair that the encryption context must have; may be repeated
${scopeUsage}`;

interface OpeningValues {
  readonly key?: string[] | undefined;
  readonly context?: string[] | undefined;
}

/** The keys and pairs that the options insist on. */
export async function openingOf(
  values: OpeningValues,
  scoped: Awaited<ReturnType<typeof openScope>>,
  signal: AbortSignal,
) {
  const context = contextOf('--context', values.context);
  return {
    ...(values.key && { keys: await keysOf(values.key, scoped, signal) }),
    ...(Object.keys(context).length > 0 && { context }),
  };
}

/** `claviger envelope decrypt` */
export const decrypt = defineCommand({
  name: 'envelope decrypt',
  summary: 'Open envelopes; a file appears only once all of it was proved',
  usage: `Arguments:
  IN                    envelopes; - for standard input

Options:
  --out PATH            a folder, or the name of the one file; - for standard output
  --no-unpack           gives an archive as the file that it is
  --replace             writes over files that are there
${openingUsage}
  --json                results as one JSON document (docs/envelopes.md)

To standard output goes what was proved frame by frame: only exit code 0 says that it was all.
Exit codes: 0 all is open, 1 an envelope is not what it was or cannot be written, 3 KMS could not be asked.`,
  positionals: ['IN...'],
  options: {
    ...openingOptions,
    out: { type: 'string' },
    'no-unpack': { type: 'boolean', default: false },
    replace: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, context) {
    const { json = false, out, replace } = values;
    if (positionals.length === 0) throw new UsageError('Name an envelope, or -.');
    contextOf('--context', values.context);
    const scoped = await openScope(values, context);
    const opening = await openingOf(values, scoped, context.signal);
    const { client, services } = scoped;
    if (positionals.includes('-') || out === '-') {
      const [from = '-', ...others] = positionals;
      if (others.length > 0) throw new UsageError('A pipe takes one input.');
      if (out === undefined) throw new UsageError('Name an --out for the pipe.');
      const { openPipe } = await import('./pipe');
      const ends = { from, to: out, replace };
      const item = await openPipe(ends, opening, services, context.signal);
      if (out === '-') context.stderr(`SHA-256 of the content  ${item.plaintextSha256}\n`);
      else if (json) context.stdout(`${JSON.stringify(item, null, 2)}\n`);
      return exitCodes.ok;
    }
    const sources = (await sourcesOf(client, positionals)).map(({ id }) => id);
    const place = await placeOf(client, out);
    return runItems(
      (options) =>
        client.envelope.decrypt(
          {
            batch: 'command',
            sources,
            ...place,
            ...opening,
            replace,
            unpack: !values['no-unpack'],
          },
          options,
        ),
      { json, verb: 'Opened', order: sources },
      context,
    );
  },
});

/** `claviger envelope verify` */
export const verify: Command = defineCommand({
  name: 'envelope verify',
  summary: 'Open envelopes without writing anything: do they still open, and what is their hash?',
  usage: `Arguments:
  IN                    envelopes

Options:
${openingUsage}
  --json                results as one JSON document (docs/envelopes.md)

Exit codes: 0 all open, 1 one does not, 3 KMS could not be asked: never a pass.`,
  positionals: ['IN...'],
  options: openingOptions,
  async run({ values, positionals }, context: CommandContext) {
    if (positionals.length === 0) throw new UsageError('Name an envelope.');
    contextOf('--context', values.context);
    const scoped = await openScope(values, context);
    const opening = await openingOf(values, scoped, context.signal);
    const { client } = scoped;
    const sources = (await sourcesOf(client, positionals)).map(({ id }) => id);
    return runItems(
      (options) =>
        client.envelope.decrypt(
          {
            batch: 'command',
            sources,
            ...opening,
            verifyOnly: true,
          },
          options,
        ),
      { json: values.json ?? false, verb: 'Opens', order: sources },
      context,
    );
  },
});

import { defineCommand, UsageError } from '../../command';
import { openingOf, openingOptions, openingUsage } from './open';
import { contextOf, keysOf, openScope, placeOf, sourcesOf } from './options';
import { runItems } from './runItems';

/** `claviger envelope rekey` */
export const rekey = defineCommand({
  name: 'envelope rekey',
  summary: 'Put envelopes under other keys',
  usage: `Arguments:
  IN                        envelopes

Options:
  --to KEY                  the new key: ARN, id or alias; may be repeated for esdk
  --to-context NAME=VALUE   a pair of the new encryption context; as it was where absent
  --out PATH                a folder, or the name of the one file
  --replace                 writes over files that are there; without --out over the envelopes themselves
${openingUsage}
  --json                    results as one JSON document (docs/envelopes.md)

Of a simple envelope KMS re-encrypts the data key and the content stays as it is; an esdk message is
encrypted anew. Copies of the old envelope still open under the old key.
Exit codes: 0 all is done, 1 an envelope could not be re-keyed, 3 KMS could not be asked.`,
  positionals: ['IN...'],
  options: {
    ...openingOptions,
    to: { type: 'string', multiple: true },
    'to-context': { type: 'string', multiple: true },
    out: { type: 'string' },
    replace: { type: 'boolean', default: false },
  },
  async run({ values, positionals }, context) {
    const { json = false, out, replace } = values;
    const toContext = contextOf('--to-context', values['to-context']);
    contextOf('--context', values.context);
    if (!values.to) throw new UsageError('Name the new key with --to.');
    if (positionals.length === 0) throw new UsageError('Name an envelope.');
    if (out === undefined && !replace) {
      throw new UsageError('Name an --out, or --replace the envelopes themselves.');
    }
    const scoped = await openScope(values, context);
    const opening = await openingOf(values, scoped, context.signal);
    const to = await keysOf(values.to, scoped, context.signal);
    const { client } = scoped;
    const sources = (await sourcesOf(client, positionals)).map(({ id }) => id);
    const place = await placeOf(client, out);
    return runItems(
      (options) =>
        client.envelope.rekey(
          {
            batch: 'command',
            sources,
            ...place,
            ...opening,
            replace,
            to,
            ...(values['to-context'] && { toContext }),
          },
          options,
        ),
      { json, verb: 'Re-keyed', order: sources },
      context,
    );
  },
});

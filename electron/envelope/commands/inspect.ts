import type { EnvelopeInfo, SealedUnder } from '../../../shared/model/envelope/jobs';
import { defineCommand, exitCodes, UsageError } from '../../command';
import { printable } from '../../textTable';
import { sourcesOf } from './options';

/** `claviger envelope inspect` */
export const inspect = defineCommand({
  name: 'envelope inspect',
  summary: 'Say what envelopes say of themselves, without any key',
  usage: `Arguments:
  IN                    envelopes

Options:
  --json                one JSON document (docs/envelopes.md)

Nothing of it is proved: "claviger envelope verify" does that. Asks no network.
Exit codes: 0 all are sound in form, 1 one is not.`,
  positionals: ['IN...'],
  options: {},
  async run({ values, positionals }, { open, stdout, signal }) {
    if (positionals.length === 0) throw new UsageError('Name an envelope.');
    const { client } = await open();
    const found: EnvelopeInfo[] = [];
    for (const { id } of await sourcesOf(client, positionals)) {
      found.push(await client.envelope.inspect({ source: id }, { signal }));
    }
    if (values.json) {
      stdout(`${JSON.stringify({ format: 'claviger-envelope/1', envelopes: found }, null, 2)}\n`);
    } else stdout(`${found.map(textOf).join('\n\n')}\n`);
    return exitCodes.ok;
  },
});

function textOf(info: EnvelopeInfo): string {
  const { context } = info;
  const pairs = context && Object.entries(context).map(([name, value]) => `${name}=${value}`);
  const rows: [string, string][] = [
    ['Format', info.format === 'simple' ? 'simple envelope' : 'AWS Encryption SDK message'],
    ['Algorithm', info.algorithm],
    ['Commitment', info.committed ? 'yes: one data key alone opens it' : 'no'],
    ['Size', `${info.bytes} bytes`],
    ...(info.plaintextBytes === undefined
      ? []
      : [['Content', `${info.plaintextBytes} bytes`] satisfies [string, string]]),
    ...info.keys.map((key): [string, string] => ['Key', keyText(key)]),
    ['Context', pairs === undefined ? 'not in it' : pairs.length === 0 ? 'none' : pairs.join(', ')],
    ...(info.created === undefined ? [] : [['Created', info.created] satisfies [string, string]]),
    ...info.remarks.map((remark): [string, string] => ['', remark]),
  ];
  return [
    printable(info.path),
    ...rows.map(([name, text]) => `  ${name.padEnd(10)}  ${printable(text)}`.trimEnd()),
  ].join('\n');
}

function keyText({ provider, keyArn, multiRegion, keyMaterialId }: SealedUnder): string {
  return [
    keyArn ?? (provider === 'aws-kms' ? 'of KMS, not named' : `of ${provider}`),
    ...(multiRegion ? ['multi-Region'] : []),
    ...(keyMaterialId === undefined ? [] : [`material ${keyMaterialId}`]),
  ].join(', ');
}

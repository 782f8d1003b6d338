import { defineCommand, exitCodes, UsageError } from '../../command';
import { openingOf, openingOptions, openingUsage } from './open';
import { contextOf, openScope, sourcesOf } from './options';

/** `claviger envelope prove` */
export const prove = defineCommand({
  name: 'envelope prove',
  summary: 'Prove that an envelope still opens: with which key material, and to which content',
  usage: `Arguments:
  IN                    one envelope

Options:
  --sha256 HASH         the hash that its content must have
${openingUsage}
  --json                one JSON document (docs/envelopes.md)

Exit codes: 0 it opens, to the content with the hash; 1 it does not; 3 it opens, but whether with the
key's present material could not be told.`,
  positionals: ['IN'],
  options: { ...openingOptions, sha256: { type: 'string' } },
  async run({ values, positionals }, context) {
    const { sha256 } = values;
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw new UsageError('Name one envelope.');
    if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
      throw new UsageError('--sha256 takes 64 hexadecimal digits.');
    }
    contextOf('--context', values.context);
    const scoped = await openScope(values, context);
    const opening = await openingOf(values, scoped, context.signal);
    const [source] = await sourcesOf(scoped.client, [path]);
    const proof = await scoped.client.envelope.prove(
      { source: source?.id ?? '', expectedSha256: sha256, ...opening },
      { signal: context.signal },
    );
    if (values.json) {
      context.stdout(`${JSON.stringify({ format: 'claviger-envelope/1', proof }, null, 2)}\n`);
    } else {
      const { key } = proof;
      context.stdout(
        [
          proof.sentence,
          `  SHA-256 of the content  ${proof.plaintextSha256}`,
          `  key       ${key.keyArn}`,
          `  material  ${key.keyMaterialId ?? 'not named'}`,
          `  present   ${proof.currentKeyMaterialId ?? 'not told'}`,
          `  request   ${key.requestId ?? 'none'} at ${key.at}`,
          '',
        ].join('\n'),
      );
    }
    if (proof.equal === false) return exitCodes.failed;
    return proof.material === 'cannot-tell' ? exitCodes.partial : exitCodes.ok;
  },
});

import type { Participant } from '../../../shared/model/drills/entry';
import type { DrillRecord } from '../../../shared/model/drills/record';
import { shortName, signersOf } from './record';

/** VERIFY.md: how the bundle is checked without Claviger. */
export function verifyText(record: DrillRecord): string {
  const { participants, plan, id, previous } = record;
  const signers = signersOf(record);
  const files = (one: Participant) => {
    const name = shortName(participants, one.person);
    return { name, key: `keys/${name}.pem`, signature: `signatures/${name}.sig` };
  };
  return `# How to check this record

Recovery drill ${id}, plan “${plan.name}” version ${plan.version}. You need sha256sum (GNU coreutils) and openssl 3; run everything in the folder into which the bundle was unpacked.

## 1. No file was changed or removed

\`\`\`sh
sha256sum --check --strict --quiet SHA256SUMS
\`\`\`

## 2. No file was added

\`\`\`sh
find . -type f -printf '%P\\n' | grep -v -e '^SHA256SUMS$' -e '^signatures/' -e '^addenda/' | LC_ALL=C sort > /tmp/there
cut -c67- SHA256SUMS | LC_ALL=C sort | diff - /tmp/there
\`\`\`

## 3. Both people signed it

${signers
  .map((one) => {
    const { key, signature } = files(one);
    return `${one.name}, ${one.role}:\n\n\`\`\`sh\n${signatureCommand(one, key, 'SHA256SUMS', signature)}\n\`\`\``;
  })
  .join('\n\n')}

A signature says who only if the key is theirs. Compare each fingerprint with what its owner tells you:

\`\`\`sh
openssl pkey -pubin -in KEY.pem -outform DER | sha256sum
\`\`\`

${participants.map((one) => `- ${one.name}, ${one.role}, \`${files(one).key}\`: \`${one.fingerprint}\``).join('\n')}

## 4. Addenda

What was added after the closing lies in \`addenda/\`, each file with its signature. \`previous\` in the first is the SHA-256 of SHA256SUMS, in each other that of the addendum before (\`sha256sum FILE\`). The author is named by \`fingerprint\`; their signature over the file is checked like those above, with the file in the place of SHA256SUMS.

## 5. The order of things

\`timeline.jsonl\` has everything that happened, a line each. \`previous\` in each line is the SHA-256 of the line before, without its line end; the last is named in \`record.json\` under \`timeline.head\`:

\`\`\`sh
tail -n 1 timeline.jsonl | tr -d '\\n' | sha256sum
\`\`\`

## 6. What AWS says

\`cloudtrail/events/\` holds the CloudTrail event of each call, as CloudTrail gave it; \`record.json\` ties call and event by the request id. Whoever may read the account can ask CloudTrail for the same event id, and prove the log files of the time with \`aws cloudtrail validate-logs\`.

${previous ? `## 7. The drill before\n\nIt was ${previous.drill}; the SHA-256 of its SHA256SUMS is \`${previous.sha256}\`.\n` : 'There is no drill before this one.\n'}`;
}

/** The openssl command that checks one signature. */
export function signatureCommand(
  { algorithm }: Pick<Participant, 'algorithm'>,
  key: string,
  file: string,
  signature: string,
): string {
  switch (algorithm) {
    case 'Ed25519':
      return `openssl pkeyutl -verify -pubin -inkey ${key} -rawin -in ${file} -sigfile ${signature}`;
    case 'RSA-PSS-SHA256':
      return `openssl dgst -sha256 -sigopt rsa_padding_mode:pss -verify ${key} -signature ${signature} ${file}`;
    case 'ECDSA-P384-SHA384':
      return `openssl dgst -sha384 -verify ${key} -signature ${signature} ${file}`;
    default:
      return `openssl dgst -sha256 -verify ${key} -signature ${signature} ${file}`;
  }
}

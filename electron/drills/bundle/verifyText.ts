import type { Participant } from '../../../shared/model/drills/entry';
import type { DrillRecord } from '../../../shared/model/drills/record';
import { noHash } from '../timeline';
import { shortName, signersOf } from './record';

/**
 * VERIFY.md: how the bundle is checked without Claviger. Each block of commands ends with exit code 0 or
 * not. Names are of people’s making: they stand in it as words and never as a command.
 */
export function verifyText(record: DrillRecord): string {
  const { participants, plan, id, previous, timeline, practice, account } = record;
  const nameOf = ({ person }: Participant) => shortName(participants, person);
  const keyOf = (one: Participant) => `keys/${nameOf(one)}.pem`;
  const signers = signersOf(record);
  return `# How to check this record

Recovery drill ${id}, plan “${words(plan.name)}” version ${plan.version}, ${practice ? 'on the practice account: a rehearsal, in which no real key was drilled' : `account ${words(account ?? 'unknown')}`}. What happened stands in \`report.pdf\` for people (where the record was closed in the window) and in \`record.json\` for programs. You need a shell, sha256sum (GNU coreutils) and openssl 3. Unpack the bundle into an empty folder and run each block there: it ends with exit code 0, and otherwise the record is not what was signed.

## 1. No file was changed or removed

\`\`\`sh
sha256sum --check --strict --quiet SHA256SUMS
\`\`\`

## 2. No file was added

Every name is both in SHA256SUMS and in the folder, apart from what is beside it: SHA256SUMS itself, signatures, addenda. What is not is printed.

\`\`\`sh
! { cut -c67- SHA256SUMS; find . \\( ! -type d -o -empty \\) | cut -c3- | grep -v -x -E '${besidePattern(signers.map(nameOf))}'; } | LC_ALL=C sort | uniq -u | grep .
\`\`\`

## 3. Both people signed it

${signers
  .map((one) => {
    const command = signatureCommand(
      one,
      keyOf(one),
      'SHA256SUMS',
      `signatures/${nameOf(one)}.sig`,
    );
    return `${words(one.name)}, ${one.role}:\n\n${block(command)}`;
  })
  .join('\n\n')}

A signature says who only if the key is theirs. Compare each fingerprint with what its owner tells you:

\`\`\`sh
for key in keys/*.pem; do openssl pkey -pubin -in "$key" -outform DER | sha256sum | sed "s|-|$key|"; done
\`\`\`

${participants.map((one) => `- ${words(one.name)}, ${one.role}, \`${keyOf(one)}\`: \`${one.fingerprint}\``).join('\n')}

## 4. Addenda

What was added after the closing lies in \`addenda/\`, each file with its signature. \`previous\` in the first is the SHA-256 of SHA256SUMS, in each other that of the addendum before. Where there is none, there is nothing to check.

${block(addendaCommands(participants, keyOf))}

## 5. The order of things

\`timeline.jsonl\` has everything that happened, a line each. \`previous\` in each line is the SHA-256 of the line before, without its line end; the last is named in \`record.json\` under \`timeline.head\`:

${block(timelineCommands(timeline.head))}

## 6. What AWS says

\`cloudtrail/events/\` holds the CloudTrail event of each call, as CloudTrail gave it; \`record.json\` ties call and event by the request id. Whoever may read the account can ask CloudTrail for the same event id, and prove the log files of the time with \`aws cloudtrail validate-logs\`.

## 7. The drill before

${previous ? `It was ${words(previous.drill)}. In its bundle \`sha256sum SHA256SUMS\` must give \`${previous.sha256}\`: so no drill of this plan that was closed between the two is missing.` : 'There was none by this plan.'}

Whoever gave you the commands above could have given you others. They stand in Claviger’s documentation too (docs/recovery-drills.md), and \`claviger drill verify\` checks all of this and more.
`;
}

/** A name as Markdown shows it: in one line, with nothing that begins code, links or markup. */
function words(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\\`<>[\]]/g, String.raw`\$&`);
}

function block(commands: string): string {
  return `\`\`\`sh\n${commands}\n\`\`\``;
}

/** What lies beside the files that SHA256SUMS names. */
function besidePattern(signers: readonly string[]): string {
  return `SHA256SUMS|signatures/(${signers.join('|')})\\.sig|addenda/[0-9]{3,}\\.(json|sig)`;
}

/** In a shell of their own, so that the first that does not fit ends the check and not the terminal. */
function addendaCommands(
  participants: readonly Participant[],
  keyOf: (one: Participant) => string,
): string {
  const authors = new Map(participants.map((one) => [one.fingerprint, one]));
  const cases = [...authors].map(([fingerprint, one]) => {
    const command = signatureCommand(one, keyOf(one), '"$file"', '"${file%.json}.sig"');
    return `      '"fingerprint":"${fingerprint}"') ${command} ;;`;
  });
  return `(
  before=SHA256SUMS
  for file in addenda/*.json; do
    [ -e "$file" ] || break
    grep -q -F "\\"previous\\":\\"$(sha256sum < "$before" | cut -c-64)\\"" "$file" || { echo "$file does not follow $before"; exit 1; }
    case "$(grep -o '"fingerprint":"[0-9a-f]*"' "$file")" in
${cases.join('\n')}
      *) echo "$file is of nobody who took part"; exit 1 ;;
    esac || exit 1
    before=$file
  done
  for file in addenda/*.sig; do
    [ ! -e "$file" ] || [ -e "\${file%.sig}.json" ] || { echo "$file belongs to nothing"; exit 1; }
  done
)`;
}

function timelineCommands(head: string): string {
  return `(
  before=${noHash}
  while IFS= read -r line; do
    case "$line" in
      *"\\"previous\\":\\"$before\\""*) before=$(printf '%s' "$line" | sha256sum | cut -c-64) ;;
      *) echo "a line does not follow the one before"; exit 1 ;;
    esac
  done < timeline.jsonl
  [ "$before" = ${head} ]
)`;
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

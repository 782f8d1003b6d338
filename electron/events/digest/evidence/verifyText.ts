import type { DigestReport } from '../../../../shared/model/events/digestReport';

/** How a person checks the evidence without Claviger; the commands are tested as they stand here. */
export function verifyText({ where, asOf, since, until, verdict }: DigestReport): string {
  const range = since || until ? `, from ${since ?? 'the first'} to ${until ?? 'the last'}` : '';
  return `# Evidence of a trail's validation

${where}${range}, as of ${asOf}.

Claviger's verdict: **${verdict.value}**. ${verdict.reason}

| File                    | What it is                                                                                            |
| ----------------------- | ----------------------------------------------------------------------------------------------------- |
| \`report.json\`           | the whole report: every digest, every fault with what was expected and found, what could not be told   |
| \`digests.tsv\`           | a line for each digest: number, state, key, number of the digest before it, place in the bucket        |
| \`digests/N.json\`        | the digest as it was read, uncompressed                                                                |
| \`strings/N.txt\`         | the text that CloudTrail signed: end, place, SHA-256 of the digest, signature of the digest before it  |
| \`signatures/N.sig\`      | its signature (RSASSA-PKCS1-v1_5 with SHA-256), binary                                                 |
| \`keys/FINGERPRINT.pem\`  | CloudTrail's public keys                                                                               |
| \`LOGS.SHA256SUMS\`       | the SHA-256 of every log file, uncompressed, as the valid digests state it                             |
| \`SHA256SUMS\`            | the SHA-256 of every file of this folder                                                               |

The commands are for bash, with openssl and GNU coreutils, in this folder. Each ends without a word where all is in order, and otherwise says what is not.

## 1. Nothing here was changed since it was written

\`\`\`sh
sha256sum --check --strict --quiet SHA256SUMS
\`\`\`

This compares the folder with itself. That the folder is the one that Claviger wrote, the SHA-256 of the zip tells: it stands in Claviger's journal.

## 2. Every valid digest was signed by CloudTrail, at its place, after the one before it

\`\`\`sh
while IFS=$'\\t' read -r number state key previous place; do
  [ "$state" = valid ] || continue
  signed="strings/$number.txt"
  [ "$(sed -n 3p "$signed")" = "$(sha256sum < "digests/$number.json" | cut -c 1-64)" ] ||
    { echo "$number: the digest is not the one that was signed"; exit 1; }
  case "$(sed -n 2p "$signed")" in
    */"$place") ;;
    *) echo "$number: it was signed for another place"; exit 1 ;;
  esac
  if [ "$previous" != - ] && [ -e "signatures/$previous.sig" ]; then
    [ "$(sed -n 4p "$signed")" = "$(od -An -v -tx1 "signatures/$previous.sig" | tr -d ' \\n')" ] ||
      { echo "$number: it does not follow $previous"; exit 1; }
  fi
  openssl dgst -sha256 -verify "keys/$key.pem" -signature "signatures/$number.sig" "$signed" > /dev/null ||
    { echo "$number: CloudTrail's key did not sign it"; exit 1; }
done < digests.tsv
\`\`\`

That the keys are CloudTrail's own, AWS tells: \`aws cloudtrail list-public-keys --start-time ... --end-time ... --region ...\`, compared with \`openssl rsa -pubin -in keys/FINGERPRINT.pem -RSAPublicKey_out -outform DER | base64 -w 0\`.

## 3. What is reported as forged is not signed by that key

\`\`\`sh
while IFS=$'\\t' read -r number state key previous place; do
  [ "$state" = forged ] || continue
  ! openssl dgst -sha256 -verify "keys/$key.pem" -signature "signatures/$number.sig" "strings/$number.txt" > /dev/null 2>&1 ||
    { echo "$number: it is signed"; exit 1; }
done < digests.tsv
\`\`\`

## 4. The hashes of the log files are those that the digests state

\`\`\`sh
unsigned=$(comm -13 \\
  <(cat digests/*.json 2> /dev/null | grep -oE '"hashValue" *: *"[0-9a-f]{64}"' | grep -oE '[0-9a-f]{64}' | sort -u) \\
  <(sed 's/^\\\\//' LOGS.SHA256SUMS | cut -c 1-64 | sort -u))
[ -z "$unsigned" ] || { echo "no digest states $unsigned"; exit 1; }
\`\`\`

## 5. The log files are the ones that were signed for

With a copy of the bucket (\`aws s3 sync s3://BUCKET copy\`); \`gunzip\` leaves the packed files where they are.

\`\`\`sh
gunzip --recursive --keep --force --quiet "\${COPY:-copy}"
(cd "\${COPY:-copy}" && sha256sum --check --strict --quiet) < LOGS.SHA256SUMS
\`\`\`

What it names are the log files that \`report.json\` lists as modified, missing or unreadable.
`;
}

import type { ReadinessReport } from '../../../shared/model/readiness/report/report';
import { reportTitle } from '../../../shared/model/readiness/report/reportBlocks';

/** What lies in the pack and how a person checks it without Claviger; the commands are tested as they stand here. */
export function packText(report: ReadinessReport): string {
  const { evaluatedAt, manifestSha256, journalSeq } = report;
  return `# ${reportTitle(report)}

As judged at ${evaluatedAt}.

| File                       | What it is                                                                             |
| -------------------------- | -------------------------------------------------------------------------------------- |
| \`report.html\`              | the report, for people: open it in a browser                                           |
| \`report.json\`              | the same, for programs                                                                 |
| \`report.csv\`               | one record for each thing of each check                                                |
| \`findings.ocsf.json\`       | the same as OCSF 1.7 Compliance Findings (class 2003)                                  |
| \`cbom.cdx.json\`            | keys, certificates, TLS versions and suites, and algorithms: CycloneDX 1.6             |
| \`evidence/SHA256.json\`     | what was asked, when, by whom, and what came back; its name is its SHA-256             |
| \`attachments/ID/NAME\`      | the files that persons have attached to what they attest                               |
| \`SHA256SUMS\`               | the SHA-256 of every other file of this folder                                         |

The commands are for bash with GNU coreutils, in this folder. Each ends without a word where all is in order.

## Nothing here was changed since it was written

\`\`\`sh
sha256sum --check --strict --quiet SHA256SUMS
\`\`\`

This compares the folder with itself. That the folder is the one that Claviger wrote, the SHA-256 of the zip tells: it stands in Claviger's journal with the export.

## Every evidence file is the one that the report names

\`\`\`sh
for file in evidence/*.json; do
  [ -e "$file" ] || continue
  hash=$(basename "$file" .json)
  [ "$(sha256sum < "$file" | cut -c 1-64)" = "$hash" ] || { echo "$file is another"; exit 1; }
  grep -q "$hash" report.json || { echo "the report does not name $file"; exit 1; }
done
\`\`\`
${
  manifestSha256 === undefined
    ? ''
    : `
The hash over all evidence of that evaluation is \`${manifestSha256}\`${journalSeq === undefined ? '' : `; entry ${journalSeq} of Claviger's journal has it`}. It covers every document of the program, also those that a report for one framework does not name.
`
}`;
}

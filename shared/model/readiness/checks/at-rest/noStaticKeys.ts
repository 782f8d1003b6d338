import { skippedWords, type ScannedPlace, type SecretScan } from '../../../secrets';
import type { Verdict } from '../../../verdict';
import { defineCheck, weekHours } from '../../check';
import type { Item } from '../../item';

export const noStaticKeys = defineCheck({
  id: 'no-static-keys',
  group: 'at-rest',
  question: 'Are the chosen folders of code and configuration free of keys and passwords?',
  why: 'A key in a file is read by everybody who has the file or its history, and no policy of KMS stands before it.',
  remedy: {
    console:
      'Rotate what was found first, as it is known; then put it into Secrets Manager and take it out of the file and its history.',
    cli: 'claviger secrets scan FOLDER; aws secretsmanager create-secret --name NAME --secret-string file://VALUE',
    terraform: 'resource "aws_secretsmanager_secret"; data "aws_secretsmanager_secret_version"',
  },
  severity: 'high',
  effort: 'hours',
  shelfLifeHours: weekHours,
  topics: ['static-credentials'],
  permissions: [],
  nothing: 'No folder was chosen.',
  view: 'readiness/pitfalls',
  reads: ['secrets'],
  judge({ secrets: { scan } }): Item[] {
    if (scan) return scan.places.map((place) => itemOf(place, scan));
    const subject = { kind: 'organisation', id: 'organisation', name: 'The organisation' } as const;
    return [{ subject, verdict: neverScanned, evidence: [] }];
  },
});

const neverScanned: Verdict = {
  value: 'cannot-tell',
  reason: 'No folder was scanned for secrets yet.',
  remedy: 'Pitfalls > choose the folders of your code and configuration.',
};

function itemOf(place: ScannedPlace, { scannedAt }: SecretScan): Item {
  const { path } = place;
  return {
    // Ids have a limit; the end of a path is what tells one from another.
    subject: { kind: 'resource', id: `files ${path.slice(-2000)}`, name: path },
    verdict: verdictOf(place),
    evidence: [secretsDocumentId(path)],
    asOf: scannedAt,
  };
}

function verdictOf(place: ScannedPlace): Verdict {
  const { files, found, ignored, unread } = place;
  if (found > 0) {
    const reason = `${found} ${found === 1 ? 'secret' : 'secrets'} in ${filesWords(files)}.`;
    return { value: 'fail', reason, remedy: 'Rotate them first, then take them out.' };
  }
  if (unread > 0) {
    return {
      value: 'cannot-tell',
      reason: `Nothing was found in ${filesWords(files)}, but ${unread} could not be read.`,
      remedy: 'Give yourself leave to read them, or leave them out by a pattern, and scan again.',
    };
  }
  const skipped = skippedWords(place);
  const leftOut = skipped === '' ? '' : ` Not looked at: ${skipped}.`;
  if (files === 0) {
    return { value: 'not-applicable', reason: `There is no file to look into.${leftOut}` };
  }
  const declared = ignored > 0 ? ` ${ignored} declared to be no secret.` : '';
  return {
    value: 'pass',
    reason: `Nothing was found in ${filesWords(files)}.${declared}${leftOut}`,
  };
}

function filesWords(files: number): string {
  return files === 1 ? 'one file' : `${files.toLocaleString('en')} files`;
}

export function secretsDocumentId(path: string): string {
  return `secrets ${path}`;
}

import { known } from '../../../facet';
import { day } from '../../../keyVerdictParts';
import type { ReadinessEvidence } from '../../sources';
import { fact, notRead, type PitfallFact } from './fact';

/** The last drill, and the keys that are lost with what holds them. */
export function escrowFacts({ drills, keys }: ReadinessEvidence): PitfallFact[] {
  return [...drillFacts(drills), ...keyFacts(keys)];
}

function drillFacts(record: ReadinessEvidence['drills']): PitfallFact[] {
  if (!record) return notRead('Last drill');
  const latest = record.drills.toSorted((a, b) => (a.closedAt < b.closedAt ? 1 : -1))[0];
  if (!latest) return [fact('Last drill', 'None is on record.')];
  const { name, closedAt, result, reason, signatures } = latest;
  return [
    fact('Last drill', `${name}, closed on ${day(closedAt)}: ${result}, ${reason}`),
    fact('Signatures of it', `${signatures}.`),
    fact(
      'Findings that are not closed',
      `${record.findings.length}, of all drills.`,
      record.findings.map(({ text }) => text),
    ),
  ];
}

function keyFacts(keys: ReadinessEvidence['keys']): PitfallFact[] {
  if (!keys) return notRead('Keys');
  const rows = keys.flatMap((scope) => scope.rows);
  const metadata = rows.flatMap((row) => {
    const found = known(row.metadata);
    return found ? [{ found, name: known(row.aliases)?.[0] ?? row.keyId }] : [];
  });
  const own = metadata.filter(({ found }) => found.keyManager !== 'AWS');
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  const imported = own.filter(({ found }) => found.origin === 'EXTERNAL');
  const oneRegion = own.filter(({ found }) => found.multiRegion === undefined);
  const untold = rows.length - metadata.length;
  return [
    fact(
      'Keys with imported material',
      `${imported.length} of ${own.length}. AWS keeps no copy: without your own, what is lost stays lost.`,
      names(imported),
    ),
    fact('Keys of one Region', `${oneRegion.length} of ${own.length}.`),
    ...(untold > 0
      ? [{ ...fact('Keys not read', `${untold} of ${rows.length}.`), untold: true }]
      : []),
  ];
}

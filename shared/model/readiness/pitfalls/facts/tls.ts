import type { ReadinessEvidence } from '../../sources';
import { fact, notRead, type PitfallFact } from './fact';

/** Worst first. `T` and `M` are those of a certificate that is not trusted, or for another name. */
const letters = ['F', 'T', 'M', 'E', 'D', 'C', 'B', 'A-', 'A', 'A+'] as const;

/** The grades of the endpoints' last scans, by the worst of their addresses; what was not reached has none. */
export function tlsFacts({ tls }: ReadinessEvidence): PitfallFact[] {
  if (!tls) return notRead('Endpoints');
  if (tls.length === 0)
    return [fact('Endpoints in the list', 'None: add the ones that you answer for.')];
  const graded = tls.map(({ endpoint, scans }) => {
    const own = scans.map(({ reachable, grade }) => (reachable ? grade.letter : null));
    const told = own.every((letter) => letter !== null) && own.length > 0;
    return {
      name: endpoint.name || endpoint.host,
      letter: told ? letters.find((letter) => own.includes(letter)) : undefined,
    };
  });
  const of = (letter: (typeof letters)[number] | undefined) =>
    graded.flatMap((one) => (one.letter === letter ? [one.name] : []));
  const without = of(undefined);
  return [
    fact('Endpoints in the list', `${tls.length}, ${tls.length - without.length} with a grade.`),
    ...letters
      .filter((letter) => of(letter).length > 0)
      .map((letter) => fact(`Grade ${letter}`, endpointsWords(of(letter).length), of(letter))),
    ...(without.length > 0
      ? [
          {
            ...fact(
              'Without a grade',
              `${endpointsWords(without.length)} Never scanned, not reached, or not wholly read.`,
              without,
            ),
            untold: true,
          },
        ]
      : []),
  ];
}

function endpointsWords(count: number): string {
  return count === 1 ? 'One endpoint.' : `${count} endpoints.`;
}

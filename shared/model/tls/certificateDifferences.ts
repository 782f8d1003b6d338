import type { PresentedChain } from './certificate';
import type { ScanDifference } from './fleet';
import { namedChains } from './offers';
import type { ScanResult } from './result';

/** Certificates that came, went, were replaced, or are judged otherwise. */
export function certificateDifferences(before: ScanResult, after: ScanResult): ScanDifference[] {
  const about = 'certificate';
  // A chain that could not be read is no chain that is gone.
  if (before.certificates.length === 0 || after.certificates.length === 0) return [];
  const [old, recent] = [byType(before), byType(after)];
  return [...recent]
    .flatMap(([type, now]): ScanDifference[] => {
      const then = old.get(type);
      if (!then) {
        return before.certificatesNote === undefined
          ? [
              {
                about,
                direction: 'changed',
                what: `There is an ${type} certificate now.`,
                after: now.chain[0]?.subject ?? '',
              },
            ]
          : [];
      }
      const [was, is] = [then.chain[0], now.chain[0]];
      const replaced: ScanDifference[] =
        was && is && was.sha256 !== is.sha256
          ? [
              {
                about,
                direction:
                  Date.parse(is.notAfter) > Date.parse(was.notAfter) ? 'better' : 'changed',
                what: `The ${type} certificate was replaced; the new one ends on ${is.notAfter.slice(0, 10)}.`,
                before: was.notAfter,
                after: is.notAfter,
              },
            ]
          : [];
      return [...replaced, ...chainDifferences(type, then, now)];
    })
    .concat(
      after.certificatesNote === undefined
        ? [...old]
            .filter(([type]) => !recent.has(type))
            .map(([type, then]): ScanDifference => ({
              about,
              direction: 'changed',
              what: `There is no ${type} certificate any more.`,
              before: then.chain[0]?.subject ?? '',
            }))
        : [],
    );
}

function byType(result: ScanResult): Map<string, PresentedChain> {
  return new Map(namedChains(result).map((chain) => [chain.chain[0]?.key.type ?? '', chain]));
}

/** Verdicts that turned from pass to fail, or back. */
function chainDifferences(
  type: string,
  then: PresentedChain,
  now: PresentedChain,
): ScanDifference[] {
  const storesOf = ({ trust }: PresentedChain) =>
    trust.map(({ store, verdict }) => [`trust by ${store}`, verdict] as const);
  const all = (chain: PresentedChain) =>
    new Map([
      ['validity', chain.validity] as const,
      ['host name', chain.hostname] as const,
      ['revocation', chain.revocation] as const,
      ...storesOf(chain),
    ]);
  const before = all(then);
  return [...all(now)].flatMap(([name, { value, reason }]): ScanDifference[] => {
    const was = before.get(name)?.value;
    if (!(was === 'pass' && value === 'fail') && !(was === 'fail' && value === 'pass')) return [];
    return [
      {
        about: 'certificate',
        direction: value === 'fail' ? 'worse' : 'better',
        what: `The ${type} certificate, ${name}: ${reason}`,
        before: was,
        after: value,
      },
    ];
  });
}

import type { Verdict } from '../verdict';
import type { Difference } from './judgement';
import { versionName } from './offers';
import type { TlsVersion } from './scan';

/** A difference, and whether it stands in the way: advice does not. */
export interface Weighed extends Difference {
  readonly advice?: boolean;
}

/**
 * What differences come to: any that stands in the way fails, else anything unknown cannot be told, else
 * it passes, whatever advice there is. `what` is what was to be satisfied.
 */
export function weigh(
  what: string,
  weighed: readonly Weighed[],
): { verdict: Verdict; differences: Difference[] } {
  const differences = weighed.map(({ about, kind, what: text }) => ({ about, kind, what: text }));
  const unknown = weighed.filter(({ kind }) => kind === 'cannot-tell').length;
  const wrong = weighed.filter(({ kind, advice }) => kind !== 'cannot-tell' && !advice).length;
  const advice = weighed.length - unknown - wrong;
  if (wrong > 0) {
    const open = unknown > 0 ? ` ${things(unknown)} could not be told.` : '';
    const reason = `${things(wrong)} to be changed to satisfy ${what}.${open}`;
    return {
      verdict: { value: 'fail', reason, remedy: 'Make the changes that are listed.' },
      differences,
    };
  }
  if (unknown > 0) {
    const reason = `${things(unknown)} that ${what} asks for could not be told.`;
    return { verdict: { value: 'cannot-tell', reason }, differences };
  }
  const more = advice > 0 ? ` ${things(advice)} could be changed, and need not be.` : '';
  return { verdict: { value: 'pass', reason: `Satisfies ${what}.${more}` }, differences };
}

function things(count: number): string {
  return count === 1 ? 'One thing' : `${count} things`;
}

/** The versions from SSL 2 to TLS 1.3 that a server offers and is not to, or is to and does not. */
export function versionDifferences(
  offerOf: (version: TlsVersion) => 'yes' | 'no' | 'unknown',
  {
    allowed,
    demanded,
    all,
  }: {
    readonly allowed: readonly TlsVersion[];
    readonly demanded: readonly TlsVersion[];
    readonly all: readonly TlsVersion[];
  },
): Weighed[] {
  return all.flatMap((version): Weighed[] => {
    const offered = offerOf(version);
    const about = 'versions';
    const name = versionName(version);
    const wanted = demanded.includes(version);
    if (offered === 'yes')
      return allowed.includes(version) ? [] : [{ about, kind: 'remove', what: name }];
    if (offered === 'no') return wanted ? [{ about, kind: 'add', what: name }] : [];
    const matters = wanted || !allowed.includes(version);
    return matters ? [{ about, kind: 'cannot-tell', what: `Whether ${name} is offered.` }] : [];
  });
}

import type { Verdict } from '../../../verdict';
import { defineCheck, type Check, type CheckFacts } from '../../check';
import type { Item } from '../../item';
import { holds, type Attestation } from '../../people';

/** An attestation counts for a year at most, whatever its own end. */
const yearHours = 366 * 24;

export type AttestedFacts = Pick<
  CheckFacts,
  'id' | 'group' | 'question' | 'why' | 'severity' | 'effort' | 'topics'
> & {
  /** What to attach, as a sentence. */
  readonly how: string;
  /** Where the question asks for less than a year. */
  readonly shelfLifeHours?: number;
};

/** A question that no program can answer: a person’s word is the evidence, with a paper and an end. */
export function attestedCheck({ how, shelfLifeHours = yearHours, ...facts }: AttestedFacts): Check {
  return defineCheck({
    ...attestedFacts(how),
    ...facts,
    shelfLifeHours,
    reads: ['attestations'],
    judge: ({ attestations }, { now }) => [
      attestedItem(facts.id, attestations, now(), shelfLifeHours),
    ],
  });
}

/** What all attested checks have in common. */
export function attestedFacts(how: string) {
  return {
    remedy: {
      console: how,
      cli: 'None: a person attests it in the window.',
      terraform: 'None: a person attests it in the window.',
    },
    permissions: [],
    nothing: 'Nothing has to be attested.',
    attested: true,
    view: 'readiness',
  } as const;
}

/**
 * What a person’s word for a check comes to. Where the newest was withdrawn, no older one stands in
 * for it.
 */
export function attestedItem(
  check: string,
  all: readonly Attestation[],
  now: Date,
  countsForHours = yearHours,
): Item {
  const mine = all.filter((one) => one.check === check).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const oldest = new Date(now.getTime() - countsForHours * 3_600_000).toISOString();
  const counts = (one: Attestation) => !one.withdrawn && holds(one, now) && one.at >= oldest;
  const [newest] = mine;
  const valid = newest?.withdrawn ? undefined : mine.find(counts);
  const shown = valid ?? newest;
  return {
    subject: { kind: 'organisation', id: 'organisation', name: 'The organisation' },
    verdict: verdictOf(shown, now, oldest),
    evidence: shown ? [attestationDocumentId(shown.id)] : [],
    ...(valid && { asOf: valid.at }),
  };
}

function verdictOf(shown: Attestation | undefined, now: Date, oldest: string): Verdict {
  const remedy = 'Have a person attest it, with a paper where there is one.';
  if (!shown) return { value: 'cannot-tell', reason: 'Nobody has attested it yet.', remedy };
  const { by, at, expires, withdrawn, attachment } = shown;
  if (withdrawn) {
    const day = withdrawn.at.slice(0, 10);
    const reason = `The attestation of ${by} was withdrawn on ${day}: ${withdrawn.reason}`;
    return { value: 'fail', reason, remedy };
  }
  if (!holds(shown, now)) {
    return { value: 'stale', reason: `The attestation of ${by} ended on ${expires}.`, remedy };
  }
  if (at < oldest) {
    const reason = `${by} attested it on ${at.slice(0, 10)}: too long ago to count.`;
    return { value: 'stale', reason, remedy };
  }
  const paper = attachment ? `, with ${attachment.name}` : '';
  return {
    value: 'pass',
    reason: `${by} attested it on ${at.slice(0, 10)} until ${expires}${paper}.`,
  };
}

export function attestationDocumentId(id: string): string {
  return `attestations ${id}`;
}

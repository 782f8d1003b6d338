import type { Check, Effort, Severity } from './check';
import { severities } from './check';
import type { Item } from './item';
import type { Step } from './state';

/** A judged check with those of its failing things that nobody has accepted. */
export interface OpenCheck {
  readonly check: Check;
  readonly failing: readonly Item[];
  readonly untold: readonly Item[];
  readonly stale: number;
}

interface Candidate {
  readonly step: Step;
  readonly weight: number;
}

/**
 * The three things to do next: by how grave a failure is (each step ten times the next), by how many
 * things it concerns (its logarithm), by how quickly it is done. A missing permission is a step too,
 * weighed by the gravest check that it hides, at half; what has grown stale comes last.
 */
export function nextSteps(open: readonly OpenCheck[]): Step[] {
  const candidates = [
    ...open.flatMap((one) => (one.failing.length > 0 ? [failureStep(one)] : [])),
    ...permissionSteps(open),
    ...staleStep(open),
  ];
  return candidates
    .toSorted((a, b) => b.weight - a.weight || (a.step.check < b.step.check ? -1 : 1))
    .slice(0, 3)
    .map(({ step }) => step);
}

function failureStep({ check, failing }: OpenCheck): Candidate {
  const effort = check.effort ?? 'minutes';
  const [first] = failing;
  const reach = failing.length;
  const name = first?.subject.name ?? '';
  const things = reach === 1 ? name : `${name} and ${reach - 1} more`;
  return {
    weight: (severityWeight(check.severity) * (1 + Math.log2(reach))) / effortDivisor[effort],
    step: {
      check: check.id,
      title: `${check.question} Not so: ${things}.`,
      why: `${capital(check.severity)} severity, ${reach === 1 ? 'one thing' : `${reach} things`}, done in ${effort}. ${check.why}`,
    },
  };
}

function permissionSteps(open: readonly OpenCheck[]): Candidate[] {
  const hidden = new Map<string, Check[]>();
  for (const { check, untold } of open) {
    const missing = new Set(untold.flatMap(({ verdict }) => verdict.permission ?? []));
    for (const permission of missing) {
      hidden.set(permission, [...(hidden.get(permission) ?? []), check]);
    }
  }
  return [...hidden].map(([permission, checks]) => {
    const gravest = checks.toSorted(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
    )[0] as Check;
    const many = checks.length === 1 ? 'One check' : `${checks.length} checks`;
    return {
      weight: (severityWeight(gravest.severity) * (1 + Math.log2(checks.length))) / 2,
      step: {
        check: gravest.id,
        permission,
        title: `Allow ${permission}.`,
        why: `${many} cannot be told without it, the gravest: ${gravest.question}`,
      },
    };
  });
}

function staleStep(open: readonly OpenCheck[]): Candidate[] {
  const stale = open.filter(({ stale: count }) => count > 0);
  const [first] = stale;
  if (!first) return [];
  return [
    {
      weight: 0.5,
      step: {
        check: first.check.id,
        title: 'Run the checks again.',
        why: `${stale.length === 1 ? 'One check rests' : `${stale.length} checks rest`} on evidence that is too old to count.`,
      },
    },
  ];
}

const effortDivisor: Readonly<Record<Effort, number>> = { minutes: 1, hours: 2, days: 4 };

function severityWeight(severity: Severity): number {
  return 10 ** (severities.length - 1 - severities.indexOf(severity));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

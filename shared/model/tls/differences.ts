import { certificateDifferences } from './certificateDifferences';
import type { ScanDifference } from './fleet';
import { featureDifferences } from './featureDifferences';
import { severity } from './grade';
import { versionName } from './offers';
import { groups, suiteInfo } from './registry';
import type { ScanResult } from './result';
import type { ProtocolResult, Vulnerability } from './scan';

/**
 * What is otherwise in the later scan. What is unknown in one of them is no change: neither worse nor
 * better is said of it.
 */
export function compareScans(before: ScanResult, after: ScanResult): ScanDifference[] {
  if (before.reachable !== after.reachable) {
    const what = after.reachable
      ? 'The endpoint answers again.'
      : `The endpoint cannot be reached any more. ${after.unreachable ?? ''}`.trim();
    return [{ about: 'reachable', direction: 'changed', what }];
  }
  if (!after.reachable) return [];
  return [
    gradeDifference,
    protocolDifferences,
    groupDifferences,
    certificateDifferences,
    vulnerabilityDifferences,
    featureDifferences,
  ].flatMap((compare) => compare(before, after));
}

function gradeDifference(
  { grade: { letter: from } }: ScanResult,
  { grade: { letter: to } }: ScanResult,
): ScanDifference[] {
  if (from === to || from === null || to === null) return [];
  const direction = severity(to) > severity(from) ? 'worse' : 'better';
  return [
    {
      about: 'grade',
      direction,
      what: `The grade went from ${from} to ${to}.`,
      before: from,
      after: to,
    },
  ];
}

/** Versions from TLS 1.2 on are wanted. */
const good = ['TLS1.2', 'TLS1.3'];

function protocolDifferences(before: ScanResult, after: ScanResult): ScanDifference[] {
  return after.protocols.flatMap((now): ScanDifference[] => {
    const then = before.protocols.find(({ version }) => version === now.version);
    if (!then || then.offered === 'unknown' || now.offered === 'unknown') return [];
    if (then.offered === now.offered) return suiteDifferences(then, now);
    const came = now.offered === 'yes';
    const wanted = good.includes(now.version);
    const name = versionName(now.version);
    const what = came
      ? `${name} is offered ${wanted ? 'now' : 'again'}.`
      : `${name} is not offered any more.`;
    return [
      {
        about: 'protocol',
        direction: came === wanted ? 'better' : 'worse',
        what,
        before: then.offered,
        after: now.offered,
      },
    ];
  });
}

function suiteDifferences(then: ProtocolResult, now: ProtocolResult): ScanDifference[] {
  const about = 'suite';
  const name = versionName(now.version);
  const ids = (protocol: ProtocolResult) => new Set(protocol.suites.map(({ id }) => id));
  const [old, recent] = [ids(then), ids(now)];
  const came = then.suitesComplete ? now.suites.filter(({ id }) => !old.has(id)) : [];
  const went = now.suitesComplete ? then.suites.filter(({ id }) => !recent.has(id)) : [];
  return [
    ...came.map((suite): ScanDifference => ({
      about,
      direction: isWeak(suite.id) ? 'worse' : 'changed',
      what: `${suite.name} is offered now with ${name}.`,
      after: suite.name,
    })),
    ...went.map((suite): ScanDifference => ({
      about,
      direction: isWeak(suite.id) ? 'better' : 'changed',
      what: `${suite.name} is not offered any more with ${name}.`,
      before: suite.name,
    })),
  ];
}

/** Without AEAD or forward secrecy; nothing is said of what no registry knows. */
function isWeak(id: string): boolean {
  const info = suiteInfo(id);
  return info !== undefined && !(info.aead && info.forwardSecret && info.authentication !== 'anon');
}

function groupDifferences(before: ScanResult, after: ScanResult): ScanDifference[] {
  const about = 'group';
  const names = (result: ScanResult) => result.groups.map(({ name }) => name);
  const [old, recent] = [names(before), names(after)];
  const strong = (name: string) => groups.some((group) => group.name === name && group.postQuantum);
  const came = before.groupsComplete ? recent.filter((name) => !old.includes(name)) : [];
  const went = after.groupsComplete ? old.filter((name) => !recent.includes(name)) : [];
  return [
    ...came.map((name): ScanDifference => ({
      about,
      direction: strong(name) ? 'better' : 'changed',
      what: `The group ${name} is offered now.`,
      after: name,
    })),
    ...went.map((name): ScanDifference => ({
      about,
      direction: strong(name) ? 'worse' : 'changed',
      what: `The group ${name} is not offered any more.`,
      before: name,
    })),
  ];
}

const holes: readonly Vulnerability['verdict'][] = ['not-vulnerable', 'potential', 'vulnerable'];

function vulnerabilityDifferences(before: ScanResult, after: ScanResult): ScanDifference[] {
  return after.vulnerabilities.flatMap(({ id, verdict, why }): ScanDifference[] => {
    const was = before.vulnerabilities.find((one) => one.id === id)?.verdict;
    if (was === undefined || was === verdict || !holes.includes(was) || !holes.includes(verdict))
      return [];
    const direction = holes.indexOf(verdict) > holes.indexOf(was) ? 'worse' : 'better';
    return [
      { about: 'vulnerability', direction, what: `${id}: ${why}`, before: was, after: verdict },
    ];
  });
}

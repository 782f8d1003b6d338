import { nonsense, type Answer, type HelloAnswer } from './answer';
import type { Asker } from './asker';
import { createKeyShares, shareableGroups } from './keyShares';
import { helloOf, tls13Groups, tls13Suites, type HelloSize } from './offers';
import { orderOf } from './preference';
import { enumerateByRemoval, type Chain } from './removal';
import type { VersionFinding } from './versionFinding';

export interface Tls13Finding extends VersionFinding {
  readonly groups: readonly number[];
  readonly groupsComplete: boolean;
}

type Ask = (suites: readonly number[], groups: readonly number[]) => Promise<Answer>;

/**
 * Finds TLS 1.3's suites and groups. An empty `key_share` makes the server name both in a
 * HelloRetryRequest (RFC 8446 section 4.1.4), which costs it no key; suite and group are taken out
 * together. A server that wants a key share at once gets one, of the groups whose keys we can make.
 */
export async function findTls13(asker: Asker, sni: string | null): Promise<Tls13Finding> {
  const ask = asking(asker, sni, 'full');
  const opening = await ask(tls13Suites.usual, tls13Groups.usual);
  if (isTls13(opening)) {
    return enumerate(ask, 'full', opening, { suites: tls13Suites, groups: tls13Groups });
  }
  if (isFinal(opening)) return nothing(opening);
  const whole = { suites: inOne(tls13Suites), groups: inOne(tls13Groups) };
  const rare = await ask(whole.suites.usual, whole.groups.usual);
  if (isTls13(rare)) return enumerate(ask, 'full', rare, whole);
  const askWithShares = asking(asker, sni, 'small');
  const small = await askWithShares(tls13Suites.usual, shareableGroups);
  if (!isTls13(small)) return nothing(opening.kind === 'unknown' ? opening : small);
  const groups = { usual: shareableGroups, others: [] };
  const finding = await enumerate(askWithShares, 'small', small, { suites: tls13Suites, groups });
  const note = 'The server answers hellos of TLS1.3 only when they are short and bring key shares.';
  return { ...finding, groupsComplete: false, notes: [...finding.notes, note] };
}

/** What is asked for one after the other, and beside that. */
interface Parts {
  readonly usual: readonly number[];
  readonly others: readonly number[];
}

function inOne({ usual, others }: Parts): Parts {
  return { usual: [...usual, ...others], others: [] };
}

function asking(asker: Asker, sni: string | null, size: HelloSize): Ask {
  return (suites, groups) => {
    const hello = helloOf({ version: 'TLS1.3', size, sni, suites, groups });
    return asker.ask(size === 'full' ? hello : { ...hello, keyShares: createKeyShares(groups) });
  };
}

function isTls13(answer: Answer): answer is HelloAnswer {
  return answer.kind === 'hello' && answer.hello.version === 'TLS1.3';
}

const protocolVersionAlert = 70;

/** Nothing else that could be offered changes this. */
function isFinal(answer: Answer): boolean {
  if (answer.kind === 'hello') return true;
  return answer.kind === 'refused' && answer.alert === protocolVersionAlert;
}

function nothing(answer: Answer): Tls13Finding {
  const offered = answer.kind === 'unknown' ? 'unknown' : 'no';
  const why =
    answer.kind === 'hello' ? `The server answers with ${answer.hello.version}.` : answer.why;
  return {
    version: 'TLS1.3',
    offered,
    why,
    suites: [],
    complete: offered === 'no',
    preference: 'unknown',
    size: 'full',
    notes: [],
    groups: [],
    groupsComplete: offered === 'no',
  };
}

async function enumerate(
  ask: Ask,
  size: HelloSize,
  opening: HelloAnswer,
  candidates: { readonly suites: Parts; readonly groups: Parts },
): Promise<Tls13Finding> {
  const { suite, keyShare } = opening.hello;
  const withGroup = keyShare ? [keyShare.group] : candidates.groups.usual;
  const [together, otherSuites, otherGroups] = await Promise.all([
    removeTogether(ask, candidates.suites.usual, candidates.groups.usual, opening),
    enumerateByRemoval(candidates.suites.others, (some) => ask(some, withGroup), isTls13),
    removeGroups((some) => ask([suite], some), candidates.groups.others),
  ]);
  const chains = [...together.chains, ...otherSuites];
  const doubts = chains.flatMap(({ end }) => (end?.kind === 'unknown' ? [end.why] : []));
  const { suites, preference } = await orderOf(inOne(candidates.suites).usual, chains, (some) =>
    ask(some, withGroup),
  );
  return {
    version: 'TLS1.3',
    offered: 'yes',
    ...(doubts[0] && { why: doubts[0] }),
    suites,
    complete: doubts.length === 0,
    preference,
    size,
    notes: [],
    groups: [...together.groups, ...otherGroups.groups],
    groupsComplete: together.groupsComplete && otherGroups.complete,
  };
}

interface Together {
  readonly chains: readonly Chain[];
  readonly groups: readonly number[];
  readonly groupsComplete: boolean;
}

/** Takes suite and group out of each answer, until one side is used up; then goes on with the other. */
async function removeTogether(
  ask: Ask,
  suites: readonly number[],
  groups: readonly number[],
  opening: HelloAnswer,
): Promise<Together> {
  const taken: { suite: number; answer: HelloAnswer }[] = [];
  const takenGroups: number[] = [];
  let answer: Answer = opening;
  const without = (all: readonly number[], some: readonly number[]) =>
    all.filter((one) => !some.includes(one));
  const leftSuites = () =>
    without(
      suites,
      taken.map(({ suite }) => suite),
    );
  const leftGroups = () => without(groups, takenGroups);
  while (isTls13(answer)) {
    const { suite, keyShare } = answer.hello;
    if (!leftSuites().includes(suite) || !keyShare || !leftGroups().includes(keyShare.group)) {
      answer = nonsense(answer);
      break;
    }
    taken.push({ suite, answer });
    takenGroups.push(keyShare.group);
    if (leftSuites().length === 0 || leftGroups().length === 0) break;
    answer = await ask(leftSuites(), leftGroups());
  }
  const [first] = taken;
  const [firstGroup] = takenGroups;
  if (!first || firstGroup === undefined) {
    return { chains: [{ taken, end: answer }], groups: [], groupsComplete: isNo(answer) };
  }
  const [more, moreGroups] = await Promise.all([
    enumerateByRemoval(leftSuites(), (some) => ask(some, [firstGroup]), isTls13),
    removeGroups((some) => ask([first.suite], some), leftGroups()),
  ]);
  const [next = { taken: [] }, ...others] = more;
  return {
    // What came together and what came after it is one order.
    chains: [{ ...next, taken: [...taken, ...next.taken] }, ...others],
    groups: [...takenGroups, ...moreGroups.groups],
    groupsComplete: moreGroups.complete,
  };
}

async function removeGroups(
  ask: (groups: readonly number[]) => Promise<Answer>,
  all: readonly number[],
): Promise<{ groups: number[]; complete: boolean }> {
  const groups: number[] = [];
  let left = [...all];
  while (left.length > 0) {
    const answer = await ask(left);
    const group = isTls13(answer) ? answer.hello.keyShare?.group : undefined;
    if (group === undefined || !left.includes(group)) return { groups, complete: isNo(answer) };
    groups.push(group);
    left = left.filter((one) => one !== group);
  }
  return { groups, complete: true };
}

function isNo(answer: Answer): boolean {
  return answer.kind === 'refused';
}

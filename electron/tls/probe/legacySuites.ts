import type { Answer as YesNoUnknown } from '../../../shared/model/tls/scan';
import type { Answer, HelloAnswer } from './answer';
import type { Asker } from './asker';
import { helloOf, suiteParts, type HelloSize, type HelloVersion } from './offers';
import { orderOf } from './preference';
import { enumerateByRemoval, type Chain } from './removal';
import type { VersionFinding } from './versionFinding';

const protocolVersionAlert = 70;

export interface LegacyOptions {
  /** The answer to the first part of the suites, where it was asked already. */
  readonly first?: Answer;
  /** The server has answered a hello of full size: an alert does not come from its length. */
  readonly longHellosAnswered: boolean;
}

/** Finds the suites of SSLv3, TLS 1.0, 1.1 or 1.2, by removal. */
export async function findLegacySuites(
  asker: Asker,
  version: HelloVersion,
  sni: string | null,
  { first, longHellosAnswered }: LegacyOptions,
): Promise<VersionFinding> {
  const full = await enumerateAll(asker, version, sni, 'full', first);
  const believed = longHellosAnswered && full.offered === 'no';
  if (full.offered === 'yes' || believed || isSettled(full.chains)) {
    return findingOf(asker, sni, full);
  }
  // Refused, or not understood: ask in few bytes before believing it.
  const [common = []] = suiteParts('small', version);
  const check = await asker.ask(helloOf({ version, size: 'small', sni, suites: common }));
  if (check.kind === 'refused' && full.offered === 'no') return findingOf(asker, sni, full);
  if (check.kind === 'hello' && check.hello.version !== version) return findingOf(asker, sni, full);
  if (check.kind === 'unknown' && full.offered === 'unknown') return findingOf(asker, sni, full);
  const small = await enumerateAll(asker, version, sni, 'small', check);
  const note = `The server answers hellos of ${version} only when they are short.`;
  const finding = await findingOf(asker, sni, small);
  return finding.offered === 'yes' ? { ...finding, notes: [...finding.notes, note] } : finding;
}

interface Enumeration {
  readonly version: HelloVersion;
  readonly size: HelloSize;
  readonly offered: YesNoUnknown;
  readonly chains: readonly Chain[];
  /** As they were offered, part after part. */
  readonly list: readonly number[];
}

async function enumerateAll(
  asker: Asker,
  version: HelloVersion,
  sni: string | null,
  size: HelloSize,
  first?: Answer,
): Promise<Enumeration> {
  const [usual = [], ...others] = suiteParts(size, version);
  const ask = (suites: readonly number[]) => asker.ask(helloOf({ version, size, sni, suites }));
  const accepts = ({ hello }: HelloAnswer) => hello.version === version;
  const opening = first ?? (await ask(usual));
  const settled = opening.kind === 'hello' ? !accepts(opening) : refusesVersion(opening);
  // Who does not answer the usual suites is asked in few bytes next, not for unusual ones.
  const rest = settled || opening.kind === 'unknown' ? [] : others;
  const found = await Promise.all([
    enumerateByRemoval(usual, ask, accepts, opening),
    ...rest.map((part) => enumerateByRemoval(part, ask, accepts)),
  ]);
  const chains = found.flat();
  const taken = chains.some((chain) => chain.taken.length > 0);
  const refused = chains.every(({ end }) => end && isNo(end));
  const offered = taken ? 'yes' : refused ? 'no' : 'unknown';
  return { version, size, offered, chains, list: [usual, ...others].flat() };
}

/** No list of suites can change this answer. */
function isSettled(chains: readonly Chain[]): boolean {
  const [{ end } = {}] = chains;
  return end !== undefined && (end.kind === 'hello' || refusesVersion(end));
}

function refusesVersion(answer: Answer): boolean {
  return answer.kind === 'refused' && answer.alert === protocolVersionAlert;
}

/** A hello here is one of another version. */
function isNo(end: Answer): boolean {
  return end.kind === 'refused' || end.kind === 'hello';
}

async function findingOf(
  asker: Asker,
  sni: string | null,
  { version, size, offered, chains, list }: Enumeration,
): Promise<VersionFinding> {
  const doubts = chains.flatMap(({ end }) => (end?.kind === 'unknown' ? [end.why] : []));
  const complete = doubts.length === 0;
  const { suites, preference } = await orderOf(list, chains, (some) =>
    asker.ask(helloOf({ version, size, sni, suites: some })),
  );
  const why = offered === 'no' ? refusalOf(chains) : doubts[0];
  return { version, offered, ...(why && { why }), suites, complete, preference, size, notes: [] };
}

function refusalOf(chains: readonly Chain[]): string | undefined {
  const [{ end } = {}] = chains;
  if (end?.kind !== 'hello') return end?.why;
  return `The server answers with ${end.hello.version}.`;
}

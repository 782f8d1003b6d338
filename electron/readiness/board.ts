import type { Identity } from '../../shared/contract/accounts';
import type { Settings } from '../../shared/contract/settings';
import { AppError } from '../../shared/model/errors';
import type { JudgeContext } from '../../shared/model/readiness/check';
import { checkOf } from '../../shared/model/readiness/checks/index';
import type { HistoryEntry, Target } from '../../shared/model/readiness/people';
import {
  readinessSettingsSchema,
  type ReadinessSettings,
} from '../../shared/model/readiness/settings';
import type { ItemState, ReadinessState, TrendPoint } from '../../shared/model/readiness/state';
import { compareVerdicts, type VerdictValue } from '../../shared/model/verdict';
import type { Connections } from '../aws/types';
import type { Journal } from '../journal/index';
import type { ValueStore } from '../settings/index';
import type { Store } from '../store/types';
import { createEvaluator, type Cause } from './evaluator';
import { openJudgedState } from './judgedState';
import { loadEvidence } from './loadEvidence';
import type { Source } from './sources/source';
import { openDocuments, type HashedDocument } from './store/documents';
import type { PeopleStore } from './store/people';
import type { SourceStore } from './store/sources';
import { openVerdicts } from './store/verdicts';
import { agedState, itemState, summarise } from './summary';

export type TagNames = Pick<Settings, 'environmentTag' | 'ownerTag'>;

export interface BoardParts {
  readonly store: Store;
  readonly journal: Journal;
  readonly values: ValueStore;
  readonly connections: Connections;
  readonly tagNames: () => TagNames;
  readonly now: () => Date;
  readonly sources: readonly Source[];
  readonly sourceStore: SourceStore;
  readonly people: PeopleStore;
}

const settingsName = 'readiness.settings';
const dayMs = 86_400_000;
const shownChanges = 200;
/** A state that was judged longer ago is judged again when somebody looks. */
const oldMs = 10 * 60_000;

export type Board = ReturnType<typeof createBoard>;

/** The checklist as it stands: what was judged last, and everything that is asked about it. */
export function createBoard(parts: BoardParts) {
  const { store, journal, values, connections, now, people, sourceStore } = parts;
  const documents = openDocuments(store);
  const verdicts = openVerdicts(store);
  const { stored, keep } = openJudgedState(values);
  const evaluator = createEvaluator({
    ...parts,
    documents,
    verdicts,
    context,
    identities,
    problemOf: (id) => sourceStore.all().find(({ source }) => source === id)?.problem,
  });
  let underWay: Promise<unknown> = Promise.resolve();

  function settings(): ReadinessSettings {
    return (
      readinessSettingsSchema.safeParse(values.readValue(settingsName)).data ??
      readinessSettingsSchema.parse({})
    );
  }

  async function context(): Promise<JudgeContext> {
    const clocks = new Map<string, Date>();
    for (const { id } of await connections.chosen()) {
      clocks.set(id, await connections.now(id).catch(now));
    }
    const here = now();
    const trusted = settings().trustedAccounts.map(({ id }) => id);
    return {
      now: (connection) => (connection === undefined ? undefined : clocks.get(connection)) ?? here,
      settings: { ...settings(), trustedAccounts: trusted, ...parts.tagNames() },
    };
  }

  /** Who the calls were made as; where nobody can say it, the documents say nothing of it. */
  async function identities(): Promise<ReadonlyMap<string, Identity>> {
    const found = new Map<string, Identity>();
    for (const { id, problem } of await connections.chosen()) {
      if (problem !== undefined) continue;
      const identity = await connections.identify(id).catch((error: unknown) => {
        if (error instanceof AppError) return undefined;
        throw error;
      });
      if (identity) found.set(id, identity);
    }
    return found;
  }

  async function evaluate(changed: readonly Cause[], all = false): Promise<void> {
    const mine = evaluator.evaluate(changed, all).then(async ({ judged, context: at, anew }) => {
      const here = now();
      const summary = await summarise(judged, people, at, here);
      const { sha256, documents: count } = documents.manifest();
      const known = await identities();
      const chosen = await connections.chosen();
      const { counts, groups } = summary;
      store.transaction(() => {
        verdicts.addPoint({ at: here.toISOString(), counts, groups });
        const entry = journal.append({
          kind: 'program',
          what: 'readiness.judged',
          facts: { checks: anew.length, documents: count, manifestSha256: sha256, ...counts },
          outcome: 'ok',
        });
        keep(
          {
            ...summary,
            evaluatedAt: here.toISOString(),
            scope: chosen.map(({ id, name, regions }) => ({
              connection: id,
              name,
              account: known.get(id)?.accountId,
              regions: [...regions],
            })),
            sources: [],
            changes: [],
            changesInAll: 0,
            manifestSha256: sha256,
            running: false,
          },
          entry.seq,
        );
      });
    });
    underWay = mine.catch(() => {});
    await mine;
  }

  /** The checks as judged in this process; judged now where that was not done yet. */
  async function judgedNow() {
    if (!evaluator.last()) await evaluate([], true);
    return evaluator.last() ?? new Map<never, never>();
  }

  async function itemsOf(check: string): Promise<ItemState[]> {
    if (!checkOf(check)) throw new AppError('not-found', `There is no check ${check}.`);
    const judged = await judgedNow();
    const cares = people.allCare(check);
    const here = now();
    return (judged.get(check)?.items ?? []).map((item) => itemState(item, cares, here));
  }

  async function gravestFirst(check: string): Promise<ItemState[]> {
    const items = await itemsOf(check);
    return items.toSorted((a, b) => compareVerdicts(a.verdict.value, b.verdict.value));
  }

  return {
    evaluate,
    settings,
    /** Every thing of a check, gravest first, as judged last. */
    gravestFirst,
    documents,
    /** What the last evaluation has judged. */
    evidenceNow: evaluator.evidence,
    journalSeq: () => stored().journalSeq,
    writeSettings: (value: ReadinessSettings) => values.writeValue(settingsName, value),
    isOld() {
      const { evaluatedAt } = stored().state;
      return evaluatedAt !== undefined && now().getTime() - Date.parse(evaluatedAt) > oldMs;
    },
    /** Waits for an evaluation that is under way: before the store is closed. */
    idle: async () => void (await underWay),
    state(running: boolean): ReadinessState {
      const here = now();
      const yesterday = new Date(here.getTime() - dayMs).toISOString();
      const { changes, inAll } = verdicts.changesSince(yesterday, shownChanges);
      const read = new Map(sourceStore.all().map((one) => [one.source, one]));
      return {
        ...agedState(stored().state, here, (id) => checkOf(id)?.group),
        sources: parts.sources.map(({ id }) => ({ ...read.get(id), source: id })),
        changes,
        changesInAll: inAll,
        running,
      };
    },
    async items(input: {
      check: string;
      verdicts?: readonly VerdictValue[] | undefined;
      offset: number;
      limit: number;
    }) {
      const { check, verdicts: wanted, offset, limit } = input;
      const items = (await gravestFirst(check)).filter(
        ({ verdict }) => wanted === undefined || wanted.includes(verdict.value),
      );
      return { items: items.slice(offset, offset + limit), total: items.length };
    },
    async evidence({ check, subject }: { check: string; subject: string }) {
      const item = (await itemsOf(check)).find((one) => one.subject.id === subject);
      if (!item)
        throw new AppError('not-found', 'This thing is not among those of the check any more.');
      const found: HashedDocument[] = item.evidence.flatMap((id) => documents.find(id) ?? []);
      const { journalSeq } = stored();
      return { item, documents: found, ...(journalSeq !== undefined && { journalSeq }) };
    },
    /** What there is to judge, at what time; loaded where nothing was judged yet, which this does not change. */
    async evidenceAndTime() {
      const evidence = evaluator.last()
        ? evaluator.evidence()
        : await loadEvidence(parts.sources, sourceStore);
      return { evidence, now: (await context()).now };
    },
    history({ check, subject, limit }: Target & { limit: number }): HistoryEntry[] {
      return [
        ...people.history({ check, subject }, limit),
        ...verdicts.history(check, subject, limit),
      ]
        .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
        .slice(0, limit);
    },
    trend: (limit: number): TrendPoint[] => verdicts.trend(limit),
    /** Somebody has recorded something: what was attested is evidence, a waiver changes the next steps. */
    peopleChanged: () => evaluate(['attestations']),
  };
}

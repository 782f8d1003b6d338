import type { Identity } from '../../shared/contract/accounts';
import type { Check, JudgeContext, ReadinessOptions } from '../../shared/model/readiness/check';
import { checks } from '../../shared/model/readiness/checks/index';
import { judgeInPortions, type JudgedCheck } from '../../shared/model/readiness/judge/judgeCheck';
import type { ReadinessEvidence, SourceId } from '../../shared/model/readiness/sources';
import type { Source } from './sources/source';
import type { DocumentStore } from './store/documents';
import type { Verdicts, VerdictStore } from './store/verdicts';
import type { Store } from '../store/types';

export interface EvaluatorParts {
  readonly sources: readonly Source[];
  readonly documents: DocumentStore;
  readonly verdicts: VerdictStore;
  readonly store: Store;
  readonly context: () => Promise<JudgeContext>;
  readonly identities: () => Promise<ReadonlyMap<string, Identity>>;
  /** Why the last reading of a source came to nothing, where it did. */
  readonly problemOf: (source: SourceId) => string | undefined;
  readonly now: () => Date;
}

/** What a verdict depends on: a source of evidence, or one of the settings. */
export type Cause = SourceId | keyof ReadinessOptions;

/** All checks as they were last judged in this process. */
export type Judged = ReadonlyMap<string, JudgedCheck>;

export interface Evaluator {
  /**
   * Loads the sources that changed and judges the checks that depend on what did; the first time, and
   * where `all`, every check. Gives the checks, and which of them were judged anew. One after the other.
   */
  evaluate(changed: Iterable<Cause>, all?: boolean): Promise<Evaluated>;
  readonly last: () => Judged | undefined;
  /** What was loaded for it. */
  readonly evidence: () => ReadinessEvidence;
}

export interface Evaluated {
  readonly judged: Judged;
  readonly anew: readonly string[];
  readonly context: JudgeContext;
}

/** Judges in portions, each of which leaves the event loop free: one check after the other. */
export function createEvaluator(parts: EvaluatorParts): Evaluator {
  const { sources, documents, verdicts, store, now } = parts;
  let evidence: ReadinessEvidence = {};
  let judged: Map<string, JudgedCheck> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  async function load({ id, load: loadStored }: Source): Promise<void> {
    const loaded = await loadStored();
    const problem = parts.problemOf(id);
    evidence = {
      ...evidence,
      [id]: loaded?.evidence,
      problems: { ...evidence.problems, [id]: problem },
    };
    const identities = await parts.identities();
    const principalOf = (connection: string) => identities.get(connection)?.arn;
    await documents.replace(id, loaded?.documents(principalOf) ?? []);
  }

  async function run(changed: ReadonlySet<Cause>, all: boolean): Promise<Evaluated> {
    const first = judged === undefined;
    for (const source of sources) if (first || changed.has(source.id)) await load(source);
    const context = await parts.context();
    const next = new Map(judged);
    const anew: string[] = [];
    for (const check of checks) {
      if (!first && !all && !dependsOn(check, changed)) continue;
      next.set(check.id, await judgeInPortions(check, evidence, context, nextTurn));
      anew.push(check.id);
      await nextTurn();
    }
    const at = now().toISOString();
    for (const id of anew) {
      const one = next.get(id);
      if (one) store.transaction(() => verdicts.replace(id, verdictsOf(one), at));
      await nextTurn();
    }
    judged = next;
    return { judged, anew, context };
  }

  return {
    evaluate(changed, all = false) {
      const set = new Set(changed);
      const mine = turn.then(() => run(set, all));
      turn = mine.catch(() => {});
      return mine;
    },
    last: () => judged,
    evidence: () => evidence,
  };
}

function dependsOn({ reads, heeds = [] }: Check, changed: ReadonlySet<Cause>): boolean {
  return [...reads, ...heeds].some((cause) => changed.has(cause));
}

function nextTurn(): Promise<void> {
  return new Promise(setImmediate);
}

function verdictsOf({ items }: JudgedCheck): Verdicts {
  return new Map(
    items.map(({ subject, verdict }) => [subject.id, { name: subject.name, value: verdict.value }]),
  );
}

import type { FeatureHandlers } from '../../shared/contract/define';
import type { readiness as readinessContract } from '../../shared/contract/readiness';
import { AppError } from '../../shared/model/errors';
import type { TrailReport } from '../../shared/model/events/trailCheck';
import { pitfallFacts } from '../../shared/model/readiness/pitfalls/facts/index';
import type { ReadinessEvidence, SourceId } from '../../shared/model/readiness/sources';
import type { ReadinessState } from '../../shared/model/readiness/state';
import type { EndedCall } from '../ipc/dispatcher';
import type { Journal } from '../journal/index';
import type { AwsGateway, Connections } from '../aws/types';
import type { Events, Validated } from '../events/index';
import type { Keys } from '../keys/index';
import type { Secrets } from '../secrets/index';
import type { ValueStore } from '../settings/index';
import type { Store } from '../store/types';
import type { Tls } from '../tls/index';
import { createBoard, type TagNames } from './board';
import { loadEvidence } from './loadEvidence';
import { peopleHandlers } from './peopleHandlers';
import { readSources } from './readSources';
import { reportHandlers } from './reports/index';
import { attestationsSource } from './sources/attestations';
import { digestsSource } from './sources/digests';
import { drillsSource, type DrillsAsked } from './sources/drills';
import { keysSource } from './sources/keys';
import { postureSource } from './sources/posture';
import type { Source } from './sources/source';
import { secretsSource } from './sources/secrets';
import { tlsSource } from './sources/tls';
import { trailsSource } from './sources/trails';
import { usageSource } from './sources/usage';
import { settingsHandlers } from './settingsHandlers';
import { openPeople } from './store/people';
import { openSourceStore } from './store/sources';

export interface ReadinessOptions {
  readonly store: Store;
  readonly journal: Journal;
  readonly values: ValueStore;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly keys: Keys;
  readonly checkTrails: Events['handlers']['checkTrails'];
  readonly tls: Tls;
  readonly secrets: Pick<Secrets, 'last' | 'rescan'>;
  readonly drills: DrillsAsked;
  readonly tagNames: () => TagNames;
  readonly now: () => Date;
  /** The operator: user name of the operating system. */
  readonly operator: string;
  /** The program's. */
  readonly version: string;
  readonly saveFile: (file: {
    suggestedName: string;
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  }) => Promise<string | null>;
  /** Told after every evaluation; judges anew by itself when something has changed. Never where absent. */
  readonly live?: { readonly onChange: () => void; readonly onFailed: (error: unknown) => void };
}

export interface Readiness {
  readonly handlers: FeatureHandlers<typeof readinessContract>;
  /** What was read of each source, whether or not it was judged. */
  readonly evidence: () => Promise<ReadinessEvidence>;
  /** What was read from a source is another now: what depends on it is judged anew. */
  sourceChanged(source: SourceId): void;
  /** A call of another feature has ended: what depends on what it changed is judged anew. */
  onCall(call: Pick<EndedCall, 'method' | 'output'>): void;
  /** Log files of a bucket were validated: that is evidence. */
  keepValidation(validated: Validated): void;
  /** The practice account was begun anew. */
  practiceReset(): void;
  /** Everything is judged anew: another scope, or another time in the practice account. */
  changed(): void;
  close(): Promise<void>;
}

/** The calls after which a source is another. */
const changedBy = new Map<string, SourceId>([
  ['keys.refresh', 'keys'],
  ['tls.scan', 'tls'],
  ['tls.saveEndpoint', 'tls'],
  ['tls.removeEndpoints', 'tls'],
  ['tls.importEndpoints', 'tls'],
  ['secrets.scan', 'secrets'],
  ['secrets.ignore', 'secrets'],
  ['secrets.stopIgnoring', 'secrets'],
]);

/** The checklist: its evidence, its verdicts, and what people say of them. */
export function createReadiness(options: ReadinessOptions): Readiness {
  const { store, now, live } = options;
  const sourceStore = openSourceStore(store);
  const people = openPeople(store, options);
  const trails = trailsSource({ ...options, store: sourceStore });
  const digests = digestsSource({ ...options, store: sourceStore });
  const sources: readonly Source[] = [
    keysSource(options.keys),
    usageSource(options.keys),
    trails,
    digests,
    tlsSource(options.tls),
    postureSource({ ...options, store: sourceStore }),
    drillsSource(options),
    attestationsSource(people),
    secretsSource(options.secrets),
  ];
  const board = createBoard({ ...options, sources, sourceStore, people });
  const closing = new AbortController();
  let running: Promise<unknown> | undefined;

  function later(work: () => Promise<unknown>): void {
    if (!live || closing.signal.aborted) return;
    void work().then(live.onChange, (error: unknown) => {
      if (!closing.signal.aborted) live.onFailed(error);
    });
  }

  function sourceChanged(source: SourceId): void {
    later(() => board.evaluate([source]));
  }

  const handlers: Readiness['handlers'] = {
    state(): ReadinessState {
      const state = board.state(running !== undefined);
      if (board.isOld()) later(() => board.evaluate([], true));
      return state;
    },
    async run({ sources: wanted }, { signal: caller, progress }) {
      if (running) throw new AppError('conflict', 'The checks are being run already.');
      const signal = AbortSignal.any([caller, closing.signal]);
      const work = async () => {
        const chosen = sources.filter(({ id }) => wanted === undefined || wanted.includes(id));
        await readSources(chosen, { sourceStore, now, signal, progress });
        await board.evaluate(
          chosen.map(({ id }) => id),
          true,
        );
      };
      running = work();
      try {
        await running;
      } finally {
        running = undefined;
      }
      live?.onChange();
      return board.state(false);
    },
    items: (input) => board.items(input),
    evidence: (input) => board.evidence(input),
    async pitfall({ id }) {
      const { evidence, now: at } = await board.evidenceAndTime();
      return pitfallFacts(id, evidence, at);
    },
    history: (input) => board.history(input),
    trend: ({ limit }) => board.trend(limit),
    ...reportHandlers({ ...options, board, people }),
    ...peopleHandlers({ ...options, people, changed: board.peopleChanged }),
    ...settingsHandlers({ ...options, board, changed: () => live?.onChange() }),
  };

  return {
    handlers,
    onCall({ method, output }) {
      if (method === 'events.checkTrails' && output !== undefined) {
        trails.keep(output as TrailReport[]);
        sourceChanged('trails');
      } else if (method === 'settings.set') later(() => board.evaluate([], true));
      const source = changedBy.get(method);
      if (source) sourceChanged(source);
    },
    evidence: () => loadEvidence(sources, sourceStore),
    sourceChanged,
    keepValidation(validated) {
      digests.keep(validated);
      sourceChanged('digests');
    },
    practiceReset: digests.forgetPractice,
    changed: () =>
      later(() =>
        board.evaluate(
          sources.map(({ id }) => id),
          true,
        ),
      ),
    async close() {
      closing.abort();
      await running?.catch(() => {});
      await board.idle();
    },
  };
}

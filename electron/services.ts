import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { contract } from '../shared/contract/index';
import type { AppEvent, AppInfo } from '../shared/contract/app';
import type { Settings } from '../shared/contract/settings';
import { AppError } from '../shared/model/errors';
import { createAdviser } from './adviser/index';
import { createAppEvents, createAppHandlers } from './app/index';
import { createAws } from './aws/index';
import { createMfaPrompts } from './aws/mfaPrompts';
import type { StartBeside } from './beside';
import type { AwsGateway, ChosenConnection, Connections } from './aws/types';
import { createDispatcher, type Dispatcher, type EndedCall } from './ipc/dispatcher';
import { openJournal, toFacts, type NewEntry, type OpenJournal } from './journal/index';
import { createDrills, createPracticeSide, type Drills, type Keychain } from './drills/index';
import { createEnvelope, type Envelope } from './envelope/index';
import { createEvents } from './events/index';
import { createKeys, openKeyPast } from './keys/index';
import { openPracticeAccount } from './practiceAccount';
import { createPracticeControl } from './practiceControl';
import { createPracticeHandlers } from './practicePanel';
import { createReadiness, type Readiness } from './readiness/index';
import { createSecrets } from './secrets/index';
import { openSettings } from './settings/index';
import { openStore, type Store } from './store/index';
import { createTls } from './tls/index';
import { waitForPractice } from './waitForPractice';

export interface ServicesOptions {
  /** The folder of database, backups and practice account; made if missing, mode 0700. */
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly version: string;
  readonly runtime: AppInfo['runtime'];
  /** With the practice account of the data folder (started, or joined where another process has it), or without. */
  readonly practice: boolean;
  readonly realAccounts: { readonly allowed: boolean; readonly reason?: string | undefined };
  /** Stands in for the operator's stored choice of connections, and is not stored (command line). */
  readonly chosen?: readonly { connection: string; regions: string[] }[] | undefined;
  readonly host: Host;
  /** The system's keychain, as a further layer under people's signing keys; asked when it is needed. */
  readonly keychain?: (() => Keychain | undefined) | undefined;
  readonly now?: () => Date;
  /** One line for the log; no secret is in it. */
  readonly log: (level: 'info' | 'warn' | 'error', message: string, error?: unknown) => void;
}

/** What window and command line do differently. */
export interface Host {
  /** Asks the operator where, then writes atomically with mode 0600; gives the path, or null if none was picked. */
  saveFile(file: {
    suggestedName: string;
    content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
  }): Promise<string | null>;
  /** Asks the operator for files, or for one folder; none where nothing was picked. */
  pickPaths(what: 'files' | 'log-files' | 'folder'): Promise<string[]>;
  /** The window as it is shown, as the bytes of a PDF; `title` stands in the head of every page. */
  printPage(title: string): Promise<Uint8Array>;
  /** Starts a bundle in a process of its own; where there is none, threads do. */
  readonly startBeside?: StartBeside | undefined;
  /** When the window has its first picture; without a window none is waited for. */
  readonly pictured?: Promise<void> | undefined;
  copyText(text: string): void | Promise<void>;
  /** Opens an https page of the allow-list; throws AppError `bad-request` for any other. */
  openExternal(url: string): void | Promise<void>;
  /** Shows a notification of the system that leads to a place of the window; false where none can be shown. */
  notify?(note: { title: string; body: string; place: string }): boolean;
  /** Whether the system shows notifications at all, as far as it tells. */
  canNotify?(): boolean;
  /** Told the settings once the services are open and after every change (the window's theme follows). */
  settingsChanged?(settings: Settings): void;
}

/** Everything behind the contract, put together; what is not behind the dispatcher is for commands and tests. */
export interface Services {
  readonly dispatcher: Dispatcher;
  /** Tells every open `app.watch`. */
  readonly emit: (event: AppEvent) => void;
  readonly store: Store;
  readonly journal: OpenJournal;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly drills: Drills;
  readonly envelope: Envelope;
  readonly readiness: Pick<Readiness, 'keepValidation'>;
  close(): Promise<void>;
}

/** From the start until what was missed on schedule is made up for, in milliseconds. */
const scheduleGraceMs = 30_000;

/** What a window does not need for its last snapshot begins so much later, in milliseconds. */
const laterMs = 1000;

/** From the start until what is of use to the next one only, in milliseconds. */
const restMs = 15_000;

/**
 * Opens the database and puts the features together behind one dispatcher: the same for window,
 * command line and tests. The practice account starts with the first call to it, or by itself a
 * moment later, so that it takes no time from a window that opens on its last snapshot. Throws
 * AppError `disk-full`, `file-failed` or `store-corrupt` where the database cannot be opened.
 */
export async function openServices(options: ServicesOptions): Promise<Services> {
  const { dataDir, env, homeDir, host, log, realAccounts, runtime } = options;
  const now = options.now ?? (() => new Date());
  const operator = userName(env);
  const store = openStore({ dataDir, now });
  const journal = openJournal({ store, now, operator });
  const settings = openSettings({ store });
  const events = createAppEvents();
  const notices = [...store.notices];

  /** Entries of the program's own; where they cannot be written, the operator is told and the work goes on. */
  function record(write: () => void): void {
    try {
      write();
    } catch (error) {
      log('error', 'The journal could not be written', error);
      notices.push(`The journal could not be written. ${messageOf(error)}`);
    }
  }

  journal.onAppend(({ seq }) => events.emit({ kind: 'journal-appended', seq }));
  for (const notice of store.notices) {
    log('warn', notice);
    const facts = { notice };
    record(() => journal.append({ kind: 'program', what: 'program.repair', facts, outcome: 'ok' }));
  }
  if (runtime.kind !== 'none') {
    const facts = toFacts({ version: options.version, ...runtime });
    journal.appendLater({ kind: 'program', what: 'program.start', facts, outcome: 'ok' });
  }

  const practice = options.practice
    ? openPracticeAccount({
        dataDir,
        // A window that is closed goes at once; a command may take its time for another.
        waitForOthersMs: runtime.kind === 'none' ? 60_000 : 0,
        // A window shows its last snapshot first. Where there is none yet, there is nothing to wait for.
        startAfterMs: existsSync(join(dataDir, 'practice')) ? laterMs : 0,
        onStarted: () => events.emit({ kind: 'connections-changed' }),
        onFailed: (error) => log('error', 'The practice account did not start', error),
      })
    : undefined;
  const mfa = createMfaPrompts(events.emit);
  const aws = createAws({
    env,
    homeDir,
    now,
    practice: practice?.endpoint,
    realAccounts,
    quotaPercent: () => settings.read().quotaPercent,
    chosen: chosenBy(options, settings),
    askMfa: mfa.ask,
    answerMfa: mfa.answer,
    onWrite: (write) => void journal.append({ kind: 'aws-write', ...write }),
  });
  const { gateway, connections, accounts } = waitForPractice(aws, practice?.start);
  const keys = createKeys({
    gateway,
    connections,
    store,
    now,
    saveFile: (file) => host.saveFile(file),
    tagNames: settings.read,
  });
  const trailEvents = createEvents({
    dataDir,
    startBeside: host.startBeside,
    keeping: {
      store,
      values: settings,
      operator,
      drift: keys.drift,
      past: (subjects) => openKeyPast(store).of(subjects),
    },
    gateway,
    connections,
    now,
    saveFile: (file) => host.saveFile(file),
    pickPaths: (what) => host.pickPaths(what === 'files' ? 'log-files' : what),
    onValidated: (validated) => readiness.keepValidation(validated),
    retentionDays: () => settings.read().eventRetentionDays,
    onForgotten(forgotten, told) {
      const facts = toFacts({ ...forgotten });
      const entry = { kind: 'program', what: 'events.retain', facts, outcome: 'ok' } as const;
      record(() => journal.append(entry));
      if (told) return;
      const message = `${forgotten.events.toLocaleString('en')} events older than ${forgotten.days} days were deleted, as the settings say.`;
      notices.push(message);
      events.emit({ kind: 'notice', message });
    },
    onRetentionFailed: (error) => log('error', 'Old events could not be deleted', error),
  });
  const envelope = createEnvelope({
    dataDir,
    store,
    values: settings,
    gateway,
    connections,
    now,
    pickPaths: (what) => host.pickPaths(what),
    saveFile: (file) => host.saveFile(file),
    onDefect: (error) => log('error', 'Defect in an envelope', error),
  });
  const tls = createTls({
    store,
    values: settings,
    gateway,
    connections,
    now,
    version: options.version,
    saveFile: (file) => host.saveFile(file),
    practiceServers: () => practice?.tlsServers() ?? Promise.resolve([]),
    practiceAuthority: practice?.tlsAuthority,
    onDefect: (error) => log('error', 'Defect in a TLS scan', error),
    // Only a window stays open long enough for a schedule.
    scheduled:
      runtime.kind === 'none'
        ? undefined
        : {
            graceMs: scheduleGraceMs,
            onScanned(result) {
              const facts = toFacts({ scheduled: true, ...result });
              const entry = { kind: 'action', what: 'tls.scan', facts, outcome: 'ok' } as const;
              record(() => journal.append(entry));
              events.emit({ kind: 'tls-scanned' });
            },
            onFailed(error) {
              log('error', 'The scan on schedule failed', error);
              const message = `The scan on schedule did not come about. ${messageOf(error)}`;
              notices.push(message);
              events.emit({ kind: 'notice', message });
            },
          },
  });

  const drills = createDrills({
    store,
    keys: keys.handlers,
    canaries: envelope.canaries,
    events: trailEvents.handlers,
    keyUsage: () => keys.usage(),
    now,
    version: options.version,
    operator,
    keychain: options.keychain,
    practiceRegions: practice?.endpoint.regions ?? [],
    saveFile: (file) => host.saveFile(file),
    pickPaths: (what) => host.pickPaths(what),
    printPage: (title) => host.printPage(title),
    changed: (drill) => events.emit({ kind: 'drill-changed', drill }),
    values: settings,
    remindersWanted: () => settings.read().drillNotifications,
    notify: (note) => host.notify?.(note) ?? false,
    remindersChanged: () => events.emit({ kind: 'reminders-changed' }),
    // Only a window stays open long enough for a schedule.
    scheduled:
      runtime.kind === 'none'
        ? undefined
        : {
            graceMs: scheduleGraceMs,
            onMade({ made, problems }) {
              if (made.length + problems.length === 0) return;
              const facts = toFacts({
                scheduled: true,
                made: made.map(({ id, keyArn, keyMaterialId }) => ({ id, keyArn, keyMaterialId })),
                problems,
              });
              const outcome = problems.length === 0 ? 'ok' : 'failed';
              const entry = {
                kind: 'action',
                what: 'drills.makeCanaries',
                facts,
                outcome,
              } as const;
              record(() => journal.append(entry));
              events.emit({ kind: 'canaries-made' });
            },
            onFailed: (error) => log('error', 'The schedule of drills failed', error),
          },
    neighbours: {
      gateway,
      connections,
      lend: aws.lend,
      keyDetail: keys.handlers.detail,
      validateTrail: trailEvents.handlers.validateBucket,
      practice:
        practice &&
        createPracticeSide(
          async () => {
            await practice.start();
            return createPracticeControl(practice.endpoint);
          },
          (at) => events.emit({ kind: 'practice-changed', change: 'clock', now: at }),
        ),
    },
  });

  const secrets = createSecrets({
    values: settings,
    now,
    operator,
    pickPaths: (what) => host.pickPaths(what),
  });
  const readiness = createReadiness({
    store,
    journal,
    values: settings,
    gateway,
    connections,
    keys,
    checkTrails: trailEvents.handlers.checkTrails,
    tls,
    secrets,
    drills: { list: drills.handlers.list, facts: drills.facts },
    tagNames: settings.read,
    now,
    operator,
    version: options.version,
    saveFile: (file) => host.saveFile(file),
    // A command asks once; only a window is there when something changes.
    ...(runtime.kind !== 'none' && {
      live: {
        onChange: () => events.emit({ kind: 'readiness-changed' }),
        onFailed: (error: unknown) => log('error', 'The checks could not be judged anew', error),
      },
    }),
  });

  const adviser = createAdviser({
    values: settings,
    connections,
    evidence: readiness.evidence,
  });

  // Another time in the practice account, or scans on schedule, make other verdicts.
  events.listen((event) => {
    const { kind } = event;
    if (kind === 'practice-changed') {
      aws.practiceClockMoved();
      if (event.change === 'reset') readiness.practiceReset();
      readiness.changed();
    }
    if (kind === 'tls-scanned') readiness.sourceChanged('tls');
    if (kind === 'drill-changed' || kind === 'reminders-changed') {
      readiness.sourceChanged('drills');
    }
  });

  const dispatcher = createDispatcher(
    contract,
    {
      accounts,
      adviser: adviser.handlers,
      app: createAppHandlers({ info, events, host }),
      drills: drills.handlers,
      journal: journal.handlers,
      envelope: envelope.handlers,
      events: trailEvents.handlers,
      keys: keys.handlers,
      practice: createPracticeHandlers({ practice, emit: events.emit }),
      readiness: readiness.handlers,
      secrets: secrets.handlers,
      settings: settings.handlers,
      tls: tls.handlers,
    },
    {
      onDefect: (method, error) => log('error', `Defect in ${method}`, error),
      onEnd(call) {
        if (call.spec.action) journal.append(actionEntry(call));
        if (call.error) return;
        if (call.method === 'settings.set') host.settingsChanged?.(settings.read());
        if (call.method === 'accounts.choose') {
          events.emit({ kind: 'connections-changed' });
          readiness.changed();
        }
        readiness.onCall(call);
        drills.onCall({ method: call.method, action: call.spec.action });
      },
    },
  );

  function info(): AppInfo {
    return {
      version: options.version,
      runtime,
      platform: process.platform,
      dataDir,
      realAccountsAllowed: realAccounts.allowed,
      ...(realAccounts.reason !== undefined && { realAccountsNote: realAccounts.reason }),
      notices,
      operator,
      notifications: host.canNotify?.() ?? false,
    };
  }

  host.settingsChanged?.(settings.read());
  const closing = new AbortController();
  // Somebody may come to look at them as soon as there is something to click on; a process of their own reads them.
  void host.pictured?.then(async () => {
    if (!closing.signal.aborted) await trailEvents.warm();
  });
  if (runtime.kind !== 'none') {
    void delay(restMs, undefined, { signal: closing.signal }).then(
      () => trailEvents.keep(),
      () => {}, // closed before
    );
  }
  const maintenance = delay(laterMs, undefined, { signal: closing.signal })
    .catch(() => {}) // closed before: then now
    .then(() => {
      record(journal.flush);
      return store.maintain();
    })
    .then((found) => {
      for (const message of found) {
        log('warn', message);
        notices.push(message);
        events.emit({ kind: 'notice', message });
      }
    });

  return {
    dispatcher,
    emit: events.emit,
    store,
    journal,
    gateway,
    connections,
    drills,
    envelope,
    readiness,
    async close() {
      closing.abort();
      drills.close();
      await maintenance;
      await readiness.close();
      await keys.close();
      await tls.close();
      await envelope.close();
      await trailEvents.close();
      aws.close();
      await practice?.close();
      store.close();
    },
  };
}

/** The operator's choice of connections, from the store or, for one run, from the command line. */
function chosenBy({ chosen }: ServicesOptions, settings: ReturnType<typeof openSettings>) {
  const name = 'accounts.chosen';
  return {
    read: () => chosen ?? (settings.readValue(name) as readonly ChosenConnection[] | undefined),
    write: (value: readonly ChosenConnection[]) => settings.writeValue(name, value),
  };
}

/** What the journal says of an operator's action: its input, and what came of it in single values. */
function actionEntry({ method, input, output, error }: EndedCall): NewEntry {
  const results = Object.entries(output ?? {}).filter(([, value]) => typeof value !== 'object');
  const result = results.length > 0 ? { result: Object.fromEntries(results) } : {};
  return {
    kind: 'action',
    what: method,
    facts: toFacts({ ...(input as object | undefined), ...result }),
    outcome: error === undefined ? 'ok' : error === 'cancelled' ? 'cancelled' : 'failed',
    ...(error !== undefined && { error }),
  };
}

function userName(env: ServicesOptions['env']): string {
  try {
    return userInfo().username;
  } catch {
    // No entry in the user database, as in some containers.
    return env['USER'] ?? env['USERNAME'] ?? 'unknown';
  }
}

function messageOf(error: unknown): string {
  return error instanceof AppError ? error.message : 'The log has the details.';
}

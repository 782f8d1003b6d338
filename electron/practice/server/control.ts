import { timingSafeEqual } from 'node:crypto';
import type { PracticeStatus, QuotaMode } from '../../../shared/contract/practice';
import type { HttpRequest } from '../sigv4/verify';
import type { PracticeTls } from '../tls/index';
import { jsonAnswer, type Answer } from './answer';
import * as input from './controlInput';
import type { Observer } from './observe';
import { rememberedRequests } from './requestLog';

/** What can be done to the account from outside AWS's API. */
export interface Controls extends Observer {
  readonly status: () => Omit<PracticeStatus, 'endpoint'>;
  /** Everybody who can act in the account, with access keys and MFA codes. */
  readonly identities: () => object;
  readonly setClock: (ms: number) => void;
  /** Empties the account, or seeds it anew. */
  readonly reset: (seed: string | undefined) => Promise<void>;
  readonly seeds: readonly string[];
  readonly setQuotas: (mode: QuotaMode) => void;
  /** Switches an alarm's actions off or on; false where there is no such alarm. */
  readonly muteAlarm: (change: ReturnType<typeof input.alarmSwitch>) => boolean;
  readonly tls: Pick<PracticeTls, 'list' | 'configure'>;
}

export interface BasicCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const controlPrefix = '/_practice/';

/** Longest time that a request waits for another request to report, in seconds. */
const maxWaitSeconds = 25;

/**
 * Answers a request to `/_practice/...`, for whoever names the account's access key pair in an HTTP
 * Basic header. docs/practice-account.md describes each.
 */
export async function routeControl(
  request: HttpRequest,
  credentials: BasicCredentials,
  controls: Controls,
): Promise<Answer> {
  if (!isAuthorized(request.headers.authorization, credentials)) {
    return jsonAnswer(401, {
      error: 'Name the practice account’s access key pair as user and password (HTTP Basic).',
    });
  }
  const [path = '', query = ''] = request.url.slice(controlPrefix.length).split('?');
  const route = routes.get(`${request.method} ${path}`);
  if (!route) return jsonAnswer(404, { error: `There is no ${request.method} ${path} here.` });
  try {
    const body = request.method === 'POST' ? input.readBody(request) : {};
    return jsonAnswer(200, await route(controls, body, new URLSearchParams(query)));
  } catch (error) {
    if (error instanceof input.BadRequest) return jsonAnswer(400, { error: error.message });
    throw error;
  }
}

type Route = (
  controls: Controls,
  body: Record<string, unknown>,
  query: URLSearchParams,
) => object | Promise<object>;

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET status', ({ status }) => status()],
  ['GET identities', ({ identities }) => identities()],
  ['GET clock', clock],
  [
    'POST clock',
    (controls, body) => {
      controls.setClock(input.clockTime(body, controls.now()));
      return clock(controls);
    },
  ],
  [
    'POST reset',
    async (controls, body) => {
      await controls.reset(input.seedName(body, controls.seeds));
      return { reset: true };
    },
  ],
  ['GET tls', ({ tls }) => ({ servers: tls.list() })],
  [
    'POST tls',
    ({ tls }, body) => {
      const { server, as } = input.tlsServer(body);
      tls.configure(server, as);
      return { servers: tls.list() };
    },
  ],
  [
    'POST alarms',
    (controls, body) => {
      const change = input.alarmSwitch(body);
      if (controls.muteAlarm(change)) return change;
      throw new input.BadRequest(`There is no alarm ${change.alarm} in ${change.region}.`);
    },
  ],
  ['GET deny', denied],
  [
    'POST deny',
    (controls, body) => {
      const operations = input.operationList(body);
      for (const fault of controls.faults.list()) {
        if (fault.kind === 'deny') controls.faults.clear(fault);
      }
      for (const operation of operations) {
        controls.faults.set({ operation, kind: 'deny', every: 1 });
      }
      return denied(controls);
    },
  ],
  ['GET faults', faults],
  [
    'POST faults',
    (controls, body) => {
      const list = input.faultList(body);
      controls.faults.clear();
      for (const fault of list) controls.faults.set(fault);
      return faults(controls);
    },
  ],
  [
    'POST faults/set',
    (controls, body) => {
      controls.faults.set(input.fault(body));
      return faults(controls);
    },
  ],
  [
    'POST faults/clear',
    (controls, body) => {
      controls.faults.clear(Object.keys(body).length > 0 ? input.faultRef(body) : undefined);
      return faults(controls);
    },
  ],
  [
    'POST quotas',
    (controls, body) => {
      const mode = input.quotaMode(body);
      controls.setQuotas(mode);
      return { mode, enforce: mode !== 'none' };
    },
  ],
  [
    'GET requests',
    async ({ requests }, _body, query) => {
      const sameRun = (query.get('run') ?? requests.run) === requests.run;
      const after = sameRun ? input.queryNumber(query, 'after', 0) : 0;
      const limit = input.queryNumber(query, 'limit', rememberedRequests, rememberedRequests);
      const waitSeconds = input.queryNumber(query, 'wait', 0, maxWaitSeconds);
      if (waitSeconds > 0) await requests.wait(after, waitSeconds * 1000);
      return requests.since(after, limit);
    },
  ],
]);

function clock({ now }: Controls): object {
  return { now: new Date(now()).toISOString() };
}

function faults(controls: Controls): object {
  return { faults: controls.faults.list() };
}

function denied(controls: Controls): object {
  const denials = controls.faults.list().filter(({ kind }) => kind === 'deny');
  return { operations: denials.map(({ operation }) => operation) };
}

function isAuthorized(header: string | undefined, credentials: BasicCredentials): boolean {
  const [scheme, encoded] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return false;
  const given = Buffer.from(encoded, 'base64');
  const wanted = Buffer.from(`${credentials.accessKeyId}:${credentials.secretAccessKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

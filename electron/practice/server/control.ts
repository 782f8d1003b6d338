import { timingSafeEqual } from 'node:crypto';
import { addDuration } from '../account/duration';
import type { HttpRequest } from '../sigv4/verify';
import { jsonAnswer, type Answer } from './answer';

/** What can be done to the account from outside AWS's API. */
export interface Controls {
  readonly now: () => number;
  readonly setClock: (ms: number) => void;
  /** Empties the account, or seeds it anew. */
  readonly reset: (seed: string | undefined) => Promise<void>;
  readonly seeds: readonly string[];
  readonly deny: (operations: readonly string[]) => void;
  readonly denied: () => readonly string[];
  readonly setQuotas: (enforce: boolean) => void;
}

export interface BasicCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const controlPrefix = '/_practice/';

class BadRequest extends Error {}

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
  const route = `${request.method} ${request.url.slice(controlPrefix.length).split('?')[0]}`;
  try {
    switch (route) {
      case 'GET clock':
        return clockAnswer(controls);
      case 'POST clock':
        controls.setClock(clockTime(readBody(request), controls.now()));
        return clockAnswer(controls);
      case 'POST reset':
        await controls.reset(seedName(readBody(request), controls.seeds));
        return jsonAnswer(200, { reset: true });
      case 'GET deny':
        return jsonAnswer(200, { operations: controls.denied() });
      case 'POST deny':
        controls.deny(operationList(readBody(request)));
        return jsonAnswer(200, { operations: controls.denied() });
      case 'POST quotas': {
        const { enforce } = readBody(request);
        if (typeof enforce !== 'boolean') throw new BadRequest('`enforce` must be true or false.');
        controls.setQuotas(enforce);
        return jsonAnswer(200, { enforce });
      }
      default:
        return jsonAnswer(404, { error: `There is no ${route} here.` });
    }
  } catch (error) {
    if (error instanceof BadRequest) return jsonAnswer(400, { error: error.message });
    throw error;
  }
}

function clockAnswer(controls: Controls): Answer {
  return jsonAnswer(200, { now: new Date(controls.now()).toISOString() });
}

function clockTime(body: Record<string, unknown>, now: number): number {
  const { advance, set } = body;
  const time =
    typeof advance === 'string'
      ? addDuration(now, advance)
      : typeof set === 'string'
        ? Date.parse(set)
        : undefined;
  if (time === undefined || Number.isNaN(time) || Math.abs(time) > 253_402_300_799_000) {
    throw new BadRequest(
      'Give {"advance": "P90D"} (an ISO 8601 duration) or {"set": "2027-01-31T00:00:00Z"}.',
    );
  }
  return time;
}

function seedName(body: Record<string, unknown>, seeds: readonly string[]): string | undefined {
  const { seed } = body;
  if (seed === undefined) return undefined;
  if (typeof seed === 'string' && seeds.includes(seed)) return seed;
  throw new BadRequest(`\`seed\` must be one of ${seeds.join(', ')}.`);
}

function operationList(body: Record<string, unknown>): string[] {
  const { operations } = body;
  if (
    Array.isArray(operations) &&
    operations.every((one) => /^[a-z]+:[A-Za-z]+$/.test(String(one)))
  ) {
    return operations.map(String);
  }
  throw new BadRequest(
    '`operations` must be a list like ["kms:DescribeKey"]; an empty one gives all back.',
  );
}

function readBody(request: HttpRequest): Record<string, unknown> {
  const text = Buffer.from(request.body).toString();
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new BadRequest('The body must be a JSON object.');
}

function isAuthorized(header: string | undefined, credentials: BasicCredentials): boolean {
  const [scheme, encoded] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return false;
  const given = Buffer.from(encoded, 'base64');
  const wanted = Buffer.from(`${credentials.accessKeyId}:${credentials.secretAccessKey}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

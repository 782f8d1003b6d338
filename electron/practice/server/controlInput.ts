import type { Fault, FaultKind, FaultRef, QuotaMode } from '../../../shared/contract/practice';
import { addDuration } from '../account/duration';
import type { HttpRequest } from '../sigv4/verify';
import { configurations, practiceServerKinds, type Configuration } from '../tls/servers';

/** What is wrong with a control request, as a sentence for whoever sent it. */
export class BadRequest extends Error {}

/** The body of a control request: a JSON object, or nothing. */
export function readBody(request: HttpRequest): Record<string, unknown> {
  const text = Buffer.from(request.body).toString();
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new BadRequest('The body must be a JSON object.');
}

/** The time to which a clock is to be moved, in milliseconds. */
export function clockTime({ advance, set }: Record<string, unknown>, now: number): number {
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

/** The seed to begin anew with; undefined where none is named. */
export function seedName({ seed }: Record<string, unknown>, seeds: readonly string[]) {
  if (seed === undefined) return undefined;
  if (typeof seed === 'string' && seeds.includes(seed)) return seed;
  throw new BadRequest(`\`seed\` must be one of ${seeds.join(', ')}.`);
}

/** Operations whose permissions are to be taken away. */
export function operationList({ operations }: Record<string, unknown>): string[] {
  if (
    Array.isArray(operations) &&
    operations.every((one) => /^[a-z0-9]+:[A-Za-z0-9]+$/.test(String(one)))
  ) {
    return operations.map(String);
  }
  throw new BadRequest(
    '`operations` must be a list like ["kms:DescribeKey"]; an empty one gives all back.',
  );
}

/** A TLS server, and the one that it is to be as from now on; itself where none is named. */
export function tlsServer({ server, as = server }: Record<string, unknown>): {
  server: Configuration;
  as: Configuration;
} {
  const servers = practiceServerKinds.map(({ id }) => id);
  const which = servers.find((one) => one === server);
  if (!which) throw new BadRequest(`\`server\` must be one of ${servers.join(', ')}.`);
  const like = configurations.find((one) => one === as);
  if (!like) throw new BadRequest(`\`as\` must be one of ${configurations.join(', ')}.`);
  return { server: which, as: like };
}

/** An alarm whose actions are to be switched off or on. */
export function alarmSwitch({ region, alarm, muted }: Record<string, unknown>) {
  if (typeof region === 'string' && typeof alarm === 'string' && typeof muted === 'boolean') {
    return { region, alarm, muted };
  }
  throw new BadRequest(
    'Give {"region": "eu-central-1", "alarm": "kms-key-deletion", "muted": true}.',
  );
}

const modes: readonly QuotaMode[] = ['none', 'as-aws', 'storm'];

/** The quotas to keep: by name, or `enforce` for AWS's own or none. */
export function quotaMode({ mode, enforce }: Record<string, unknown>): QuotaMode {
  const named = modes.find((one) => one === mode);
  if (named) return named;
  if (mode === undefined && typeof enforce === 'boolean') return enforce ? 'as-aws' : 'none';
  throw new BadRequest(`\`mode\` must be one of ${modes.join(', ')}.`);
}

/** A whole list of faults. */
export function faultList({ faults }: Record<string, unknown>): Fault[] {
  if (!Array.isArray(faults) || faults.length > 200 || !faults.every(isObject)) {
    throw new BadRequest('`faults` must be a list of at most 200 faults.');
  }
  return faults.map(fault);
}

/** One fault; it hits every request where `every` is left out. */
export function fault(body: Record<string, unknown>): Fault {
  const { every = 1 } = body;
  if (typeof every === 'number' && Number.isInteger(every) && every >= 1 && every <= 1000) {
    return { ...faultRef(body), every };
  }
  throw new BadRequest('`every` must be a whole number from 1 to 1000.');
}

const kinds: readonly FaultKind[] = ['deny', 'throttle', 'time-out', 'server-error', 'cut'];

/** What names one fault: operation, Region if it is for one only, and kind. */
export function faultRef({ operation, region, kind }: Record<string, unknown>): FaultRef {
  const known = kinds.find((one) => one === kind);
  if (!known) throw new BadRequest(`\`kind\` must be one of ${kinds.join(', ')}.`);
  if (typeof operation !== 'string' || !/^(\*|[a-z0-9]+:(\*|[A-Za-z0-9]{1,80}))$/.test(operation)) {
    throw new BadRequest('`operation` must be like "kms:DescribeKey", "kms:*" or "*".');
  }
  if (region === undefined) return { operation, kind: known };
  if (typeof region !== 'string' || !/^[a-z0-9-]{1,40}$/.test(region)) {
    throw new BadRequest('`region` must be like "eu-central-1", or left out for every Region.');
  }
  return { operation, region, kind: known };
}

/** A whole number in a URL's query; `fallback` where it is not there, `max` where it is more. */
export function queryNumber(
  query: URLSearchParams,
  name: string,
  fallback: number,
  max = Number.MAX_SAFE_INTEGER,
): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,15}$/.test(text)) throw new BadRequest(`\`${name}\` must be a whole number.`);
  return Math.min(Number(text), max);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { Verdict } from '../../../verdict';
import type { Reading } from '../../evidence';
import type { Item } from '../../item';
import type { AccountPosture } from '../../posture/index';
import type { RegionPosture } from '../../posture/region';
import type { PostureScope } from '../../sources';

/** A thing with what it comes to. */
export interface Judged {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** The readings that the verdict rests on, beside the list that the thing is from. */
  readonly rests?: readonly Reading<unknown>[];
  /** When that was read which it rests on beside the account's own answers. */
  readonly asOf?: string | undefined;
}

interface Where {
  readonly connection: string;
  readonly account: string | undefined;
  readonly region?: string | undefined;
}

/** What each chosen Region of every account comes to; a Region that was not read cannot be told. */
export function regionItems(
  scopes: readonly PostureScope[],
  judge: (region: RegionPosture, where: Where) => Item[],
): Item[] {
  return accountItems(scopes, (posture, { connection, account }) => {
    const scope = scopes.find((one) => one.connection === connection);
    return (scope?.regions ?? []).flatMap((region) => {
      const found = posture.regions.find((one) => one.region === region);
      const where = { connection, account, region };
      return found ? judge(found, where) : [placeItem(where, notRead(region))];
    });
  });
}

export function accountItems(
  scopes: readonly PostureScope[],
  judge: (posture: AccountPosture, where: Where) => Item[],
): Item[] {
  return scopes.flatMap(({ connection, account, connectionName, posture }) => {
    const where = { connection, account };
    return posture ? judge(posture, where) : [placeItem(where, notRead(connectionName))];
  });
}

/**
 * One item for each thing of a list; one for the place where the list was refused or is empty.
 * @param what `volume`: what the list is of, in the singular
 */
export function listItems<T>(
  reading: Reading<T[]>,
  what: string,
  where: Where,
  judge: (thing: T) => Judged,
): Item[] {
  if ('refused' in reading) return [placeItem(where, untold(reading), [reading])];
  if (reading.answer.length === 0) {
    const reason = `There is no ${what}${where.region === undefined ? '' : ` in ${where.region}`}.`;
    return [placeItem(where, { value: 'not-applicable', reason }, [reading])];
  }
  return reading.answer.map((thing) => {
    const { id, name, verdict, rests = [], asOf } = judge(thing);
    return {
      subject: { kind: 'resource', id: resourceId(where, id), name, ...known(where) },
      verdict,
      evidence: [postureDocumentId(where)],
      ...asOfAll([reading, ...rests], asOf),
    };
  });
}

/** What one answer about a place comes to, and when that was read which it rests on beside it. */
export function answerItem<T>(
  reading: Reading<T>,
  where: Where,
  judge: (answer: T) => Pick<Judged, 'verdict' | 'asOf'>,
): Item {
  if ('refused' in reading) return placeItem(where, untold(reading), [reading]);
  const { verdict, asOf } = judge(reading.answer);
  return placeItem(where, verdict, [reading], asOf);
}

/** The verdict where AWS gave no answer, else what the answer comes to. */
export function told<T>(reading: Reading<T>, judge: (answer: T) => Verdict): Verdict {
  return 'refused' in reading ? untold(reading) : judge(reading.answer);
}

/** The verdict where AWS gave no answer. */
export function untold({ refused }: Extract<Reading<unknown>, { refused: unknown }>): Verdict {
  const { message, permission } = refused;
  return { value: 'cannot-tell', reason: message, ...(permission !== undefined && { permission }) };
}

function placeItem(
  where: Where,
  verdict: Verdict,
  rests: readonly Reading<unknown>[] = [],
  asOf?: string,
): Item {
  const { connection, account, region } = where;
  const name = [account ?? connection, region].filter((part) => part !== undefined).join(' ');
  return {
    subject: {
      kind: region === undefined ? 'account' : 'account-region',
      id: placeOf(where),
      name,
      ...known(where),
    },
    verdict,
    evidence: [postureDocumentId(where)],
    ...asOfAll(rests, asOf),
  };
}

function notRead(what: string): Verdict {
  return { value: 'cannot-tell', reason: `${what} was not read yet.`, remedy: 'Run the checks.' };
}

/** What a thing of a place is known by among the subjects of checks. */
export function resourceId(where: Pick<Where, 'connection' | 'region'>, id: string): string {
  return `${placeOf(where)} ${id}`;
}

function placeOf({ connection, region }: Pick<Where, 'connection' | 'region'>): string {
  return region === undefined ? connection : `${connection}/${region}`;
}

function known({ connection, account, region }: Where) {
  return {
    connection,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  };
}

/** The oldest of all calls and of what else it rests on; absent where there is none. */
function asOfAll(rests: readonly Reading<unknown>[], beside?: string): { asOf?: string } {
  const times = rests.flatMap(({ calls }) => calls.map(({ asOf }) => asOf));
  const oldest = [...times, ...(beside === undefined ? [] : [beside])].toSorted()[0];
  return oldest === undefined ? {} : { asOf: oldest };
}

export function postureDocumentId(where: Pick<Where, 'connection' | 'region'>): string {
  return `posture ${placeOf(where)}`;
}

import type { EventRow } from '../../../shared/model/events/event';
import {
  flag,
  mapOf,
  numberColumns,
  wordColumns,
  type NumberColumn,
  type WordColumn,
} from './columns';
import { writeId, wordsEach, type IdPart } from './eventIds';
import type { Numbers } from './vector';
import { Words } from './words';

/** Events in columns, apart from any table: what a parsing thread makes and a table takes in. */
export interface Part {
  readonly events: number;
  readonly ids: IdPart;
  /** By column what its numbers stand for; the first, "", is nothing. */
  readonly words: Readonly<Record<WordColumn, readonly string[]>>;
  readonly columns: Readonly<Record<WordColumn | NumberColumn, Numbers>>;
}

/** Puts rows into columns. An id may come twice: the table that takes the part looks to that. */
export class PartBuilder {
  #events = 0;
  #room = 4096;
  #ids = new Uint32Array(this.#room * wordsEach);
  readonly #odd: [place: number, id: string][] = [];
  readonly #words = wordColumns.map((name) => ({
    name,
    valueOf: valueOf[name],
    words: new Words(),
    numbers: new Uint32Array(this.#room),
  }));
  readonly #numbers = mapOf(numberColumns, () => new Uint32Array(this.#room));

  /** `file` counts the part's files from 0 on; `place` says which record of it the row is. */
  add(row: EventRow, file: number, place: number): void {
    const event = this.#events;
    if (event === this.#room) this.#grow();
    this.#events += 1;
    if (!writeId(this.#ids, event, row.eventId)) this.#odd.push([event, row.eventId]);
    for (const column of this.#words) {
      column.numbers[event] = column.words.numberOf(column.valueOf(row));
    }
    const numbers = this.#numbers;
    numbers.at[event] = Math.max(0, Date.parse(row.at) / 1000);
    numbers.flags[event] =
      (row.readOnly ? flag.readOnly : 0) |
      (row.dryRun ? flag.dryRun : 0) |
      (row.mfa === undefined ? 0 : flag.mfaKnown | (row.mfa ? flag.mfa : 0));
    numbers.file[event] = file;
    numbers.place[event] = place;
  }

  build(): Part {
    const events = this.#events;
    const words = this.#words.map(({ name, numbers }) => [name, numbers.slice(0, events)] as const);
    const numbers = numberColumns.map(
      (name) => [name, this.#numbers[name].slice(0, events)] as const,
    );
    return {
      events,
      ids: { words: this.#ids.slice(0, events * wordsEach), odd: this.#odd },
      words: Object.fromEntries(
        this.#words.map(({ name, words: { values } }) => [name, values]),
      ) as Part['words'],
      columns: Object.fromEntries([...words, ...numbers]) as Part['columns'],
    };
  }

  #grow(): void {
    this.#room *= 2;
    this.#ids = larger(this.#ids, this.#room * wordsEach);
    for (const column of this.#words) column.numbers = larger(column.numbers, this.#room);
    for (const name of numberColumns) this.#numbers[name] = larger(this.#numbers[name], this.#room);
  }
}

/** What a row says for each column of words. */
const valueOf: Readonly<Record<WordColumn, (row: EventRow) => string | undefined>> = {
  source: (row) => row.source,
  name: (row) => row.name,
  account: (row) => row.account,
  region: (row) => row.region,
  outcome: (row) => row.outcome,
  error: (row) => row.error,
  message: (row) => row.message,
  cause: (row) => row.cause,
  key: (row) => row.keys[0],
  otherKey: (row) => row.keys[1],
  caller: (row) => row.caller,
  callerArn: (row) => row.callerArn,
  callerAccount: (row) => row.callerAccount,
  role: (row) => row.role,
  service: (row) => row.service,
  accessKeyId: (row) => row.accessKeyId,
  ip: (row) => row.ip,
  userAgent: (row) => row.userAgent,
  context: (row) => contextText(row.encryptionContext),
  tlsVersion: (row) => row.tlsVersion,
  keyExchange: (row) => row.keyExchange,
  type: (row) => row.type,
};

/** The same context has the same text, in whichever order its names came. */
function contextText(context: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(context);
  if (names.length === 0) return undefined;
  if (names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name)) {
    return JSON.stringify(context);
  }
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, context[name]])));
}

function larger(numbers: Uint32Array<ArrayBuffer>, room: number): Uint32Array<ArrayBuffer> {
  const bigger = new Uint32Array(room);
  bigger.set(numbers);
  return bigger;
}

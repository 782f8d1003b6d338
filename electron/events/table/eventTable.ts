import type { EventRow } from '../../../shared/model/events/event';
import {
  facetColumns,
  flag,
  mapOf,
  numberColumns,
  wordColumns,
  type NumberColumn,
  type WordColumn,
} from './columns';
import { EventIds } from './eventIds';
import type { TableImage } from './image';
import { merged, newestFirst } from './newestFirst';
import type { Part } from './part';
import { Vector, type Numbers } from './vector';
import { Words } from './words';

/** What the table holds of an event: its row without what only the raw record has. */
export type TableRow = Omit<EventRow, 'requestId' | 'sharedEventId' | 'keyMaterialId'>;

/** The columns that are counted for the window. */
const countedColumns = Object.values(facetColumns).flat();

/**
 * Events in columns, in memory: a question about a million of them is a loop over arrays of numbers.
 * Events stand in the order in which they came; `newestFirst` gives their order in time.
 */
export class EventTable {
  readonly ids: EventIds;
  readonly words: Readonly<Record<WordColumn, Words>>;
  readonly columns: Readonly<Record<WordColumn | NumberColumn, Vector>>;
  readonly #contextNames: (readonly string[])[] = [];
  readonly #nameLists = new Map<string, readonly string[]>();
  readonly #tallies = new Map<WordColumn, { tally: Uint32Array; events: number }>();
  #order: Uint32Array = new Uint32Array(0);

  /** Empty, or as another was when its image was made. */
  constructor(image?: TableImage) {
    const { numbers = {}, texts } = image ?? {};
    this.ids = new EventIds({ words: longs(numbers['id']), odd: texts?.odd ?? [] });
    this.words = mapOf(wordColumns, (name) => new Words(texts?.words[name]));
    this.columns = mapOf([...wordColumns, ...numberColumns], (name) => new Vector(numbers[name]));
    this.#order = longs(numbers['order']);
    for (const names of texts?.contextNames ?? []) {
      this.#nameLists.set(JSON.stringify(names), names);
    }
    for (const list of numbers['contextList'] ?? []) {
      this.#contextNames.push(texts?.contextNames[list] ?? []);
    }
    for (const column of countedColumns) {
      const tally = numbers[`tally ${column}`];
      if (tally) this.#tallies.set(column, { tally: longs(tally), events: this.length });
    }
  }

  /** What a table is made of anew, with all that is made once. What is taken in later is not in it. */
  image(): TableImage {
    const lists = new Map([...this.#listsOfNames()].map((names, number) => [names, number]));
    const columns = Object.entries(this.columns).map(([name, { all }]) => [name, all] as const);
    const tallies = countedColumns.map((name) => [`tally ${name}`, this.tally(name)] as const);
    const ids = this.ids.part(0);
    return {
      numbers: {
        ...Object.fromEntries(columns),
        ...Object.fromEntries(tallies),
        id: ids.words,
        order: this.newestFirst(),
        contextList: Uint32Array.from(this.contextNames(), (names) => lists.get(names) ?? 0),
      },
      texts: {
        words: mapOf(wordColumns, (name) => [...this.words[name].values]),
        odd: ids.odd,
        contextNames: [...lists.keys()],
      },
    };
  }

  #listsOfNames(): Iterable<readonly string[]> {
    this.contextNames();
    return this.#nameLists.values();
  }

  get length(): number {
    return this.columns.at.length;
  }

  /**
   * Takes in the events of a part that are not there yet; gives how many. `files` says which file of
   * the database each file of the part is; events of a file that is none are left out.
   */
  take(part: Part, files: readonly (number | undefined)[]): number {
    const taken = this.#newOnes(part, files);
    for (const column of wordColumns) {
      const { words } = this;
      const values = part.words[column];
      const numbers = part.columns[column];
      // 0 where a value was not met yet: what only events have that are there already is not taken.
      const own = new Uint32Array(values.length);
      const mapped = new Uint32Array(taken.length);
      for (let i = 0; i < taken.length; i += 1) {
        const theirs = numbers[taken[i] ?? 0] ?? 0;
        if (theirs === 0) continue;
        mapped[i] = own[theirs] ||= words[column].numberOf(values[theirs]);
      }
      this.columns[column].append(mapped);
    }
    for (const column of numberColumns) {
      const numbers = part.columns[column];
      const mapped = taken.map((place) => {
        const number = numbers[place] ?? 0;
        return column === 'file' ? (files[number] ?? 0) : number;
      });
      this.columns[column].append(mapped);
    }
    return taken.length;
  }

  /** Events as a part, for another table; its numbers of files are this table's. */
  part(places: Uint32Array): Part {
    const columns = mapOf([...wordColumns, ...numberColumns], (name) => {
      const numbers = this.columns[name].raw;
      return places.map((place) => numbers[place] ?? 0);
    });
    const words = mapOf(wordColumns, (name) => this.words[name].values);
    return { events: places.length, ids: this.ids.select(places), words, columns };
  }

  /** Takes the ids of a part; gives the places, within it, of those that are new. */
  #newOnes(part: Part, files: readonly (number | undefined)[]): Uint32Array {
    const places = new Uint32Array(part.events);
    const odd = new Map(part.ids.odd);
    const { file } = part.columns;
    let count = 0;
    for (let place = 0; place < part.events; place += 1) {
      if (files[file[place] ?? 0] === undefined) continue;
      if (!this.ids.add(part.ids, place, odd.get(place))) continue;
      places[count] = place;
      count += 1;
    }
    return places.subarray(0, count);
  }

  /** Numbers of all events, the newest first; of one second the last that came first. */
  newestFirst(): Uint32Array {
    const known = this.#order;
    if (known.length === this.length) return known;
    const at = this.columns.at.raw;
    const others = new Uint32Array(this.length - known.length);
    for (let i = 0; i < others.length; i += 1) others[i] = known.length + i;
    const fresh = newestFirst(at, others);
    return (this.#order = known.length === 0 ? fresh : merged(at, known, fresh));
  }

  /** By the number of an encryption context, the names in it: read once, for filters, counts and searches. */
  contextNames(): readonly (readonly string[])[] {
    const { values } = this.words.context;
    for (let number = this.#contextNames.length; number < values.length; number += 1) {
      const names = Object.keys(JSON.parse(values[number] || '{}') as object);
      // Few lists of names for very many contexts.
      const key = JSON.stringify(names);
      const known = this.#nameLists.get(key);
      this.#contextNames.push(known ?? names);
      if (!known) this.#nameLists.set(key, names);
    }
    return this.#contextNames;
  }

  /** By a column's values, how many events have each: an event is counted once. */
  tally(column: WordColumn): Uint32Array {
    const known = this.#tallies.get(column);
    const { length } = this;
    if (known?.events === length) return known.tally;
    const tally = new Uint32Array(this.words[column].values.length);
    if (known) tally.set(known.tally);
    const numbers = this.columns[column].raw;
    for (let event = known?.events ?? 0; event < length; event += 1) {
      const word = numbers[event] ?? 0;
      tally[word] = (tally[word] ?? 0) + 1;
    }
    this.#tallies.set(column, { tally, events: length });
    return tally;
  }

  /** Makes room for so many more events, exactly: growing step by step leaves a third of it empty. */
  reserve(events: number): void {
    this.ids.reserve(events);
    for (const column of Object.values(this.columns)) column.reserve(events);
  }

  row(index: number): TableRow {
    const word = (column: WordColumn) => this.words[column].valueOf(this.columns[column].at(index));
    const flags = this.columns.flags.at(index);
    const key = word('key');
    const otherKey = word('otherKey');
    const context = word('context');
    const optional = {
      error: word('error'),
      message: word('message'),
      cause: word('cause') as EventRow['cause'],
      callerArn: word('callerArn'),
      callerAccount: word('callerAccount'),
      role: word('role'),
      accessKeyId: word('accessKeyId'),
      mfa: flags & flag.mfaKnown ? (flags & flag.mfa) !== 0 : undefined,
      service: word('service'),
      ip: word('ip'),
      userAgent: word('userAgent'),
      tlsVersion: word('tlsVersion'),
      keyExchange: word('keyExchange'),
    };
    return {
      eventId: this.ids.at(index),
      at: `${new Date(this.columns.at.at(index) * 1000).toISOString().slice(0, 19)}Z`,
      account: word('account') ?? '',
      region: word('region') ?? '',
      source: word('source') ?? '',
      name: word('name') ?? '',
      readOnly: (flags & flag.readOnly) !== 0,
      outcome: (word('outcome') ?? 'ok') as EventRow['outcome'],
      keys: [key, otherKey].filter((each) => each !== undefined),
      caller: word('caller') ?? '',
      encryptionContext:
        context === undefined ? {} : (JSON.parse(context) as Record<string, string>),
      type: word('type') ?? '',
      dryRun: (flags & flag.dryRun) !== 0,
      ...(Object.fromEntries(
        Object.entries(optional).filter(([, value]) => value !== undefined),
      ) as Partial<TableRow>),
    };
  }
}

function longs(numbers: Numbers | undefined): Uint32Array {
  return numbers instanceof Uint32Array ? numbers : Uint32Array.from(numbers ?? []);
}

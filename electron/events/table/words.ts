import { SearchText } from './searchText';

/** The values of one column, each with its number; 0 is "nothing". */
export class Words {
  readonly #values: string[];
  /** Made when values come one by one: to read events nobody needs it. */
  #numbers: Map<string, number> | undefined;
  /** Made when it is first searched. */
  #searchText: SearchText | undefined;
  #last = '';
  #lastNumber = 0;

  /** @param values its own from now on; "" is the first of them */
  constructor(values: readonly string[] = ['']) {
    this.#values = values as string[];
  }

  /** The number of a value, which is new if need be. */
  numberOf(value: string | undefined): number {
    if (value === undefined || value === '') return 0;
    if (value === this.#last) return this.#lastNumber;
    this.#last = value;
    this.#numbers ??= new Map(this.#values.map((word, number) => [word, number]));
    const known = this.#numbers.get(value);
    if (known !== undefined) return (this.#lastNumber = known);
    const number = this.#values.length;
    this.#values.push(value);
    this.#numbers.set(value, number);
    return (this.#lastNumber = number);
  }

  /** The number of a value that is known, else undefined. */
  find(value: string): number | undefined {
    if (value === '') return undefined;
    if (this.#numbers) return this.#numbers.get(value);
    const number = this.#values.indexOf(value);
    return number < 0 ? undefined : number;
  }

  /** Takes values that are not there yet, each with the next number. */
  append(values: readonly string[]): void {
    for (const value of values) this.#values.push(value);
    this.#numbers = undefined;
  }

  /** By a value's number 1 where a text is in it, in capitals or not. @param text in lower case */
  having(text: string): Uint8Array {
    return (this.#searchText ??= new SearchText()).find(this.#values, text);
  }

  valueOf(number: number): string | undefined {
    return number === 0 ? undefined : this.#values[number];
  }

  /** All values by their number. */
  get values(): readonly string[] {
    return this.#values;
  }
}

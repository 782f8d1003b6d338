/** The values of one column, each with its number; 0 is "nothing". */
export class Words {
  readonly #numbers = new Map<string, number>();
  readonly #values: string[] = [''];

  /** The number of a value, which is new if need be. */
  numberOf(value: string | undefined): number {
    if (value === undefined || value === '') return 0;
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#values.length;
    this.#values.push(value);
    this.#numbers.set(value, number);
    return number;
  }

  /** The number of a value that is known, else undefined. */
  find(value: string): number | undefined {
    return this.#numbers.get(value);
  }

  valueOf(number: number): string | undefined {
    return number === 0 ? undefined : this.#values[number];
  }

  /** All values by their number. */
  get values(): readonly string[] {
    return this.#values;
  }
}

/** Stands between values: a hit that reaches over it is none. */
const between = '\n';

/**
 * The values of a column in lower case, as one text: a word is looked for in it at once, not in some
 * ten thousand values each. Grows with the values.
 */
export class SearchText {
  #text = '';
  /** By value, where it begins; and where the next one will. */
  #begins = [0];

  /** By a value's number 1 where the text is in it, in capitals or not. @param text in lower case */
  find(values: readonly string[], text: string): Uint8Array {
    this.#take(values);
    const found = new Uint8Array(values.length);
    const begins = this.#begins;
    let number = 0;
    let hit = this.#text.indexOf(text);
    while (hit >= 0) {
      while ((begins[number + 1] ?? Infinity) <= hit) number += 1;
      const next = begins[number + 1] ?? Infinity;
      const isWithin = hit + text.length < next;
      if (isWithin) found[number] = 1;
      hit = this.#text.indexOf(text, isWithin ? next : hit + 1);
    }
    return found;
  }

  #take(values: readonly string[]): void {
    const news = values.slice(this.#begins.length - 1).map((value) => value.toLowerCase());
    if (news.length === 0) return;
    let end = this.#text.length;
    for (const value of news) this.#begins.push((end += value.length + between.length));
    this.#text += news.join(between) + between;
  }
}

import type { EventTable } from '../table/eventTable';

/** One number for a key, whichever of an event's two key columns names it. */
export function createKeyNumbers({ words }: EventTable) {
  const byName = new Map<string, number>();
  const names: string[] = [];
  const ofWord = { key: [] as number[], otherKey: [] as number[] };
  return {
    of(column: 'key' | 'otherKey', word: number): number {
      const known = ofWord[column][word];
      if (known !== undefined) return known;
      const name = words[column].valueOf(word) ?? '';
      let number = byName.get(name);
      if (number === undefined) {
        number = names.push(name) - 1;
        byName.set(name, number);
      }
      return (ofWord[column][word] = number);
    },
    named: (number: number) => names[number] ?? '',
  };
}

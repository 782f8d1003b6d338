/** The time of the practice account's clock. */
export interface PracticeClock {
  now(): Promise<Date>;
  /** The clock was moved: what is held of it is dropped. */
  moved(): void;
}

/** A clock that another process moved shows after this time; asking for every answer would double the work. */
const holdsMs = 250;

/** Asks the account how far its clock is from this machine's, and holds the answer for a moment. */
export function createPracticeClock(
  practice: { now(): Promise<Date> },
  now: () => Date,
): PracticeClock {
  let offset: { atMs: number; value: Promise<number> } | undefined;
  return {
    async now() {
      const atMs = now().getTime();
      if (!offset || Math.abs(atMs - offset.atMs) >= holdsMs) {
        offset = { atMs, value: practice.now().then((time) => time.getTime() - atMs) };
      }
      return new Date(atMs + (await offset.value));
    },
    moved() {
      offset = undefined;
    },
  };
}

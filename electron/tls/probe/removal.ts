import type { KeyExchange } from '../wire/keyExchange';
import { nonsense, type Answer, type HelloAnswer } from './answer';

/** A suite that the server took, and what its flight showed. */
export interface TakenSuite {
  readonly suite: number;
  readonly answer: HelloAnswer;
  readonly keyExchange?: KeyExchange;
}

/** Suites in the order in which one chain of questions brought them, and what ended it. */
export interface Chain {
  readonly taken: readonly TakenSuite[];
  /** The refusal of what is left; undefined where nothing is left to ask for. */
  readonly end?: Answer;
}

/** So many suites of one part come one after the other; then the rest is asked for in two halves. */
const serialSuites = 6;

/**
 * Takes every suite that the server picks out of the list and asks again, until it refuses: k suites
 * cost k + 1 connections. A list that turns out long is split and asked for in parallel, unless the
 * server has an order of its own, which only one chain shows.
 */
export async function enumerateByRemoval(
  list: readonly number[],
  ask: (suites: readonly number[]) => Promise<Answer>,
  accepts: (answer: HelloAnswer) => boolean,
  first?: Answer,
): Promise<Chain[]> {
  const taken: TakenSuite[] = [];
  let left = [...list];
  let known = first;
  while (left.length > 0) {
    const answer = known ?? (await ask(left));
    known = undefined;
    if (answer.kind !== 'hello' || !accepts(answer)) return [{ taken, end: answer }];
    const { suite } = answer.hello;
    if (!left.includes(suite)) return [{ taken, end: nonsense(answer) }];
    taken.push(takenSuite(answer));
    left = left.filter((one) => one !== suite);
    if (taken.length % serialSuites === 0 && left.length > 1 && followsClient(list, taken)) {
      const halves = [0, 1].map((half) => left.filter((_, index) => index % 2 === half));
      const chains = await Promise.all(
        halves.map((part) => enumerateByRemoval(part, ask, accepts)),
      );
      return [{ taken }, ...chains.flat()];
    }
  }
  return [{ taken }];
}

/** So far every choice could be the client's. */
function followsClient(list: readonly number[], taken: readonly TakenSuite[]): boolean {
  const places = taken.map(({ suite }) => list.indexOf(suite));
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1));
}

function takenSuite(answer: HelloAnswer): TakenSuite {
  const message = answer.messages.find((one) => one.name === 'serverKeyExchange');
  return {
    suite: answer.hello.suite,
    answer,
    ...(message?.name === 'serverKeyExchange' && { keyExchange: message.keyExchange }),
  };
}

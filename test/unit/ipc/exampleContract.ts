import { z } from 'zod';
import { createDispatcher, type EndedCall } from '../../../electron/ipc/dispatcher';
import { method, type ContractHandlers } from '../../../shared/contract/define';
import type { Reply } from '../../../shared/contract/wire';

/** A small contract that has every kind of method. */
export const exampleContract = {
  math: {
    double: method({
      summary: 'Twice the number.',
      input: z.object({ n: z.number() }),
      output: z.object({ n: z.number() }),
      action: true,
    }),
    count: method({
      summary: 'Counts up, then says how far.',
      input: z.object({ to: z.number() }),
      output: z.number(),
      progress: z.object({ at: z.number() }),
    }),
    nothing: method({ summary: 'Does nothing.' }),
    /** Runs until it is told to end, or is cancelled. */
    hang: method({ summary: 'Waits.', input: z.string(), output: z.string() }),
  },
};
export type ExampleContract = typeof exampleContract;

export interface Hanging {
  readonly signal: AbortSignal;
  readonly resolve: (value: string) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: (value: never) => void;
}

/** Handlers of it; `hanging` has, by input, the calls of `hang` that run. */
export function exampleHandlers(hanging = new Map<string, Hanging>()) {
  const handlers: ContractHandlers<ExampleContract> = {
    math: {
      double: ({ n }) => ({ n: n * 2 }),
      count: ({ to }, { progress }) => {
        for (let at = 1; at <= to; at += 1) progress({ at });
        return to;
      },
      nothing: () => undefined,
      hang: (name, { signal, progress }) =>
        new Promise((resolve, reject) => {
          hanging.set(name, { signal, resolve, reject, progress });
          signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        }),
    },
  };
  return handlers;
}

/** A dispatcher of the example with everything it says written down. */
export function startExample(changes: Partial<ContractHandlers<ExampleContract>['math']> = {}) {
  const hanging = new Map<string, Hanging>();
  const defects: unknown[] = [];
  const ended: EndedCall[] = [];
  const dispatcher = createDispatcher(
    exampleContract,
    { math: { ...exampleHandlers(hanging).math, ...changes } },
    {
      onDefect: (_method, error) => defects.push(error),
      onEnd: (call) => void ended.push(call),
    },
  );
  const replies: Reply[] = [];
  const session = dispatcher.open((reply) => void replies.push(reply));
  return { dispatcher, session, replies, defects, ended, hanging };
}

/** Lets everything that can go on without a clock or a socket go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

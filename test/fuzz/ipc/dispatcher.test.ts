import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxIdLength, replySchema } from '../../../shared/contract/wire';
import { createLocalClient } from '../../../electron/ipc/local';
import {
  exampleContract,
  settled,
  startExample,
  type Hanging,
} from '../../unit/ipc/exampleContract';

const methods = Object.keys(exampleContract.math).map((name) => `math.${name}`);
const names = fc.oneof(
  fc.constantFrom(...methods, '__proto__', 'math.__proto__', 'constructor', 'toString', 'math'),
  fc.string({ maxLength: 120 }),
);
const ids = fc.oneof(fc.constantFrom('1', '2', ''), fc.string({ maxLength: maxIdLength + 10 }));

/** Values that no honest caller sends: traps, getters that throw, cycles. */
const hostile = fc.constantFrom<unknown>(
  Object.defineProperty({}, 'kind', {
    get: () => {
      throw new Error('trap');
    },
  }),
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap');
      },
      ownKeys: () => {
        throw new Error('trap');
      },
    },
  ),
  (() => {
    const cycle: Record<string, unknown> = { kind: 'call', id: '1', method: 'math.double' };
    cycle['input'] = cycle;
    return cycle;
  })(),
  Symbol('x'),
  10n,
  () => {},
);
const inputs = fc.oneof(
  fc.record({ n: fc.oneof(fc.integer(), fc.anything()) }),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }),
  hostile,
);
const messages = fc.oneof(
  fc.record({ kind: fc.constant('call'), id: ids, method: names, input: inputs }),
  fc.record({ kind: fc.constant('cancel'), id: ids }),
  fc.record({ kind: fc.string(), id: fc.anything(), method: fc.anything() }, { requiredKeys: [] }),
  fc.anything({ withBigInt: true, withSparseArray: true }),
  hostile,
);

describe('malformed messages', () => {
  it('never make the dispatcher throw; what it says fits the wire, and it still works', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(messages, { maxLength: 20 }), async (all) => {
        const { session, replies, hanging } = startExample();
        for (const message of all) session.handle(message);
        await settled();
        for (const reply of replies) expect(replySchema.safeParse(reply).success).toBe(true);
        for (const { resolve } of hanging.values()) resolve('end');
        await settled();
        replies.length = 0;
        session.handle({ kind: 'call', id: 'probe', method: 'math.double', input: { n: 2 } });
        await settled();
        expect(replies).toEqual([{ kind: 'value', id: 'probe', value: { n: 4 } }]);
      }),
      { numRuns: 300 },
    );
  });

  it('with ids that are empty or too long are not answered at all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constant(''), fc.string({ minLength: maxIdLength + 1, maxLength: 5000 })),
        async (id) => {
          const { session, replies } = startExample();
          session.handle({ kind: 'call', id, method: 'math.double', input: { n: 1 } });
          await settled();
          return replies.length === 0;
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** Any interleaving of starting, finishing, failing and cancelling calls. */
describe('concurrent calls', () => {
  type Step = { do: 'start' | 'finish' | 'fail' | 'cancel'; which: number };
  const steps = fc.array(
    fc.record<Step>({
      do: fc.constantFrom('start', 'start', 'finish', 'fail', 'cancel'),
      which: fc.nat(9),
    }),
    { maxLength: 60 },
  );

  it('each end exactly once, with their own outcome', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const { dispatcher, hanging } = startExample();
        const { client } = createLocalClient(exampleContract, dispatcher);
        const open: { name: string; abort: AbortController; result: Promise<string> }[] = [];
        const expected: Promise<void>[] = [];
        let started = 0;

        for (const { do: what, which } of plan) {
          if (what === 'start') {
            const name = `call-${(started += 1)}`;
            const abort = new AbortController();
            const result = client.math.hang(name, { signal: abort.signal });
            result.catch(() => {});
            open.push({ name, abort, result });
            continue;
          }
          const [call] = open.splice(which % Math.max(1, open.length), 1);
          if (!call) continue;
          const handler = hanging.get(call.name) as Hanging;
          if (what === 'finish') {
            handler.resolve(`value of ${call.name}`);
            expected.push(expect(call.result).resolves.toBe(`value of ${call.name}`));
          } else if (what === 'fail') {
            handler.reject(new Error(call.name));
            expected.push(expect(call.result).rejects.toMatchObject({ code: 'internal' }));
          } else {
            call.abort.abort();
            handler.resolve('too late');
            expect(handler.signal.aborted).toBe(true);
            expected.push(expect(call.result).rejects.toMatchObject({ code: 'cancelled' }));
          }
        }
        await Promise.all(expected);
        for (const { name } of open) expect(hanging.get(name)?.signal.aborted).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

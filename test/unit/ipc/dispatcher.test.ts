import { describe, expect, it } from 'vitest';
import { createDispatcher } from '../../../electron/ipc/dispatcher';
import { contract } from '../../../shared/contract/index';
import { AppError } from '../../../shared/model/errors';
import { exampleContract, exampleHandlers, settled, startExample } from './exampleContract';

const call = (method: string, input?: unknown, id = '1') => ({ kind: 'call', id, method, input });

describe('the dispatcher', () => {
  it('answers a call with what its handler gives', async () => {
    const { session, replies } = startExample();
    session.handle(call('math.double', { n: 21 }));
    await settled();
    expect(replies).toEqual([{ kind: 'value', id: '1', value: { n: 42 } }]);
  });

  it('sends progress before the value', async () => {
    const { session, replies } = startExample();
    session.handle(call('math.count', { to: 2 }));
    await settled();
    expect(replies).toEqual([
      { kind: 'progress', id: '1', value: { at: 1 } },
      { kind: 'progress', id: '1', value: { at: 2 } },
      { kind: 'value', id: '1', value: 2 },
    ]);
  });

  it.each([
    'math.nope',
    'nope.double',
    'math',
    '',
    '__proto__.toString',
    'math.__proto__',
    'math.constructor',
    'math.hasOwnProperty',
    'constructor.prototype',
    'toString',
  ])('refuses the unknown method "%s"', async (method) => {
    const { session, replies } = startExample();
    session.handle(call(method, {}));
    await settled();
    expect(replies).toMatchObject([{ kind: 'error', id: '1', error: { code: 'unknown-method' } }]);
  });

  it('refuses input that does not fit, with the name of what is wrong, and runs nothing', async () => {
    let ran = false;
    const { session, replies, ended } = startExample({
      double: () => {
        ran = true;
        return { n: 0 };
      },
    });
    session.handle(call('math.double', { n: 'two' }));
    await settled();
    expect(replies).toMatchObject([{ error: { code: 'bad-request' } }]);
    expect(JSON.stringify(replies)).toContain('math.double: n:');
    expect(ran).toBe(false);
    expect(ended).toEqual([]);
  });

  it('gives no handler a field that the contract does not name', async () => {
    let seen: unknown;
    const { session } = startExample({
      double: (input) => {
        seen = input;
        return { n: 0 };
      },
    });
    session.handle(call('math.double', JSON.parse('{"n": 1, "extra": 1, "__proto__": {"x": 1}}')));
    await settled();
    expect(seen).toEqual({ n: 1 });
    expect((seen as { x?: unknown }).x).toBeUndefined();
  });

  it('lets no field out that the contract does not name', async () => {
    const { session, replies } = startExample({
      double: ({ n }) => ({ n, secretAccessKey: 'CANARY' }),
      count: (_input, { progress }) => {
        progress({ at: 1, secretAccessKey: 'CANARY' } as { at: number });
        return 1;
      },
    });
    session.handle(call('math.double', { n: 1 }, 'a'));
    session.handle(call('math.count', { to: 1 }, 'b'));
    await settled();
    expect(replies).toHaveLength(3);
    expect(JSON.stringify(replies)).not.toContain('CANARY');
  });

  it('turns output and progress that break the contract into a defect', async () => {
    const { session, replies, defects } = startExample({
      double: () => ({ n: 'CANARY' as unknown as number }),
      count: (_input, { progress }) => {
        progress('CANARY' as never);
        return 1;
      },
    });
    session.handle(call('math.double', { n: 1 }, 'a'));
    session.handle(call('math.count', { to: 1 }, 'b'));
    await settled();
    expect(replies).toMatchObject([
      { id: 'a', kind: 'error', error: { code: 'internal' } },
      { id: 'b', kind: 'value', value: 1 },
    ]);
    expect(defects).toHaveLength(2);
    expect(JSON.stringify(replies)).not.toContain('CANARY');
  });

  it('tells an AppError by code, sentence and facts, without stack and without what does not fit', async () => {
    const { session, replies, defects } = startExample({
      double: () => {
        throw new AppError(
          'denied',
          'No.',
          { permission: 'kms:X', no: undefined, retryAfterMs: NaN } as never,
          { cause: new Error('CANARY') },
        );
      },
    });
    session.handle(call('math.double', { n: 1 }));
    await settled();
    expect(replies).toEqual([
      {
        kind: 'error',
        id: '1',
        error: { code: 'denied', message: 'No.', detail: { permission: 'kms:X' } },
      },
    ]);
    expect(defects).toEqual([]);
  });

  it.each([
    ['an Error', new Error('CANARY at /home/alice/file.ts')],
    ['a string', 'CANARY'],
    ['undefined', undefined],
    ['an object', { message: 'CANARY', code: 'denied' }],
  ])('shows of %s that is thrown only that something went wrong', async (_what, thrown) => {
    const { session, replies, defects } = startExample({
      double: () => {
        // oxlint-disable-next-line no-throw-literal, only-throw-error
        throw thrown;
      },
    });
    session.handle(call('math.double', { n: 1 }));
    await settled();
    expect(replies).toMatchObject([{ kind: 'error', error: { code: 'internal' } }]);
    expect(JSON.stringify(replies)).not.toContain('CANARY');
    expect(defects).toEqual([thrown]);
  });

  it('cancels: the signal aborts, nothing more is sent, and the id is free again', async () => {
    const { session, replies, hanging, ended, defects } = startExample();
    session.handle(call('math.hang', 'first'));
    await settled();
    session.handle({ kind: 'cancel', id: '1' });
    expect(hanging.get('first')?.signal.aborted).toBe(true);
    session.handle(call('math.hang', 'second'));
    await settled();
    hanging.get('first')?.resolve('late');
    hanging.get('second')?.resolve('done');
    await settled();
    expect(replies).toEqual([{ kind: 'value', id: '1', value: 'done' }]);
    expect(ended.map(({ error }) => error)).toEqual(['cancelled', undefined]);
    expect(defects).toEqual([]);
  });

  it('ignores a cancel of nothing and a second call with a running id', async () => {
    const { session, replies, hanging } = startExample();
    session.handle({ kind: 'cancel', id: 'x' });
    session.handle(call('math.hang', 'a'));
    session.handle(call('math.double', { n: 1 }));
    await settled();
    expect(replies).toEqual([]);
    hanging.get('a')?.resolve('done');
    await settled();
    expect(replies).toEqual([{ kind: 'value', id: '1', value: 'done' }]);
  });

  it('keeps sessions apart: one cannot cancel or hear the calls of another', async () => {
    const { dispatcher, session, replies, hanging } = startExample();
    const otherReplies: unknown[] = [];
    const other = dispatcher.open((reply) => otherReplies.push(reply));
    session.handle(call('math.hang', 'mine'));
    await settled();
    other.handle({ kind: 'cancel', id: '1' });
    other.close();
    expect(hanging.get('mine')?.signal.aborted).toBe(false);
    hanging.get('mine')?.resolve('ok');
    await settled();
    expect(replies).toHaveLength(1);
    expect(otherReplies).toEqual([]);
  });

  it('aborts everything when its caller is gone, and hears nothing more from it', async () => {
    const { session, replies, hanging } = startExample();
    session.handle(call('math.hang', 'a', '1'));
    session.handle(call('math.hang', 'b', '2'));
    await settled();
    session.close();
    session.handle(call('math.double', { n: 1 }, '3'));
    await settled();
    expect([...hanging.values()].map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(replies).toEqual([]);
  });

  it('survives a caller that cannot take a reply', async () => {
    const { dispatcher, defects } = startExample();
    const session = dispatcher.open(() => {
      throw new Error('window is gone');
    });
    session.handle(call('math.count', { to: 1 }));
    await settled();
    expect(defects).toHaveLength(2);
  });

  it('tells its owner of an ended call before the reply goes out', async () => {
    const order: string[] = [];
    const dispatcher = createDispatcher(exampleContract, exampleHandlers(), {
      onDefect: () => {},
      onEnd: ({ method, input, output }) => order.push(JSON.stringify({ method, input, output })),
    });
    dispatcher.open(() => order.push('reply')).handle(call('math.double', { n: 1, extra: 2 }));
    await settled();
    expect(order).toEqual(['{"method":"math.double","input":{"n":1},"output":{"n":2}}', 'reply']);
  });

  it('says so, once, where a finished call could not be recorded', async () => {
    const ends: unknown[] = [];
    const replies: unknown[] = [];
    const dispatcher = createDispatcher(exampleContract, exampleHandlers(), {
      onDefect: () => {},
      onEnd: (end) => {
        ends.push(end);
        throw new AppError('disk-full', 'The disk is full.');
      },
    });
    dispatcher.open((reply) => replies.push(reply)).handle(call('math.double', { n: 1 }));
    await settled();
    expect(replies).toMatchObject([{ kind: 'error', error: { code: 'disk-full' } }]);
    expect(ends).toHaveLength(1);
  });

  it('will not start with a method that nobody answers', () => {
    expect(() =>
      createDispatcher(exampleContract, { math: {} } as never, { onDefect: () => {} }),
    ).toThrow('math.double has no handler');
  });
});

describe('the contract', () => {
  const methods = Object.entries(contract).flatMap(([feature, specs]) =>
    Object.entries(specs).map(([name, spec]) => ({ name: `${feature}.${name}`, spec })),
  );

  it.each(methods)('says what $name does', ({ spec }) => {
    expect(spec.summary).toMatch(/^[A-Z].*\.$/);
  });
});

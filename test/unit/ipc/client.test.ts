import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createLocalClient } from '../../../electron/ipc/local';
import { createClient } from '../../../shared/contract/client';
import type { Request } from '../../../shared/contract/wire';
import { exampleContract, settled, startExample } from './exampleContract';

/** A client whose other side is written by hand. */
function byHand() {
  const sent: Request[] = [];
  let receive: (reply: unknown) => void = () => {};
  const client = createClient(exampleContract, {
    send: (request) => void sent.push(request),
    receive: (listener) => (receive = listener),
  });
  return { client, sent, reply: (message: unknown) => receive(message) };
}

describe('the client', () => {
  it('keeps the replies of concurrent calls apart, in whatever order they come', async () => {
    const { client, sent, reply } = byHand();
    const calls = [1, 2, 3].map((n) => client.math.double({ n }));
    for (const request of sent.toReversed()) {
      const n = request.kind === 'call' ? (request.input as { n: number }).n : 0;
      reply({ kind: 'value', id: request.id, value: { n: n * 10 } });
    }
    expect(await Promise.all(calls)).toEqual([{ n: 10 }, { n: 20 }, { n: 30 }]);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  });

  it('sends nothing that does not fit', async () => {
    const { client, sent } = byHand();
    await expect(client.math.double({ n: 'x' } as never)).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(sent).toEqual([]);
  });

  it('takes no reply that does not fit the contract, and does not wait for ever', async () => {
    const { client, reply } = byHand();
    const wrongValue = client.math.double({ n: 1 });
    reply({ kind: 'value', id: '1', value: { n: 'x' } });
    await expect(wrongValue).rejects.toMatchObject({ code: 'internal' });
    const wrongError = client.math.double({ n: 1 });
    reply({ kind: 'error', id: '2', error: { code: 'no such code', message: '' } });
    await expect(wrongError).rejects.toMatchObject({ code: 'internal' });
  });

  it('strips what a reply has too much, and skips progress that does not fit', async () => {
    const { client, reply } = byHand();
    const seen: unknown[] = [];
    const counting = client.math.count({ to: 1 }, { onProgress: (value) => seen.push(value) });
    reply({ kind: 'progress', id: '1', value: 'rubbish' });
    reply({ kind: 'progress', id: '1', value: { at: 1, extra: 1 } });
    reply({ kind: 'value', id: '1', value: 1 });
    await counting;
    expect(seen).toEqual([{ at: 1 }]);
  });

  it('ignores rubbish, unknown ids, and replies after the end', async () => {
    const { client, reply } = byHand();
    for (const message of [undefined, null, 1, 'x', {}, { id: 1 }, { id: 'none' }, { kind: 'x' }]) {
      reply(message);
    }
    const doubling = client.math.double({ n: 1 });
    reply({ kind: 'value', id: '1', value: { n: 2 } });
    reply({ kind: 'value', id: '1', value: { n: 3 } });
    reply({ kind: 'error', id: '1', error: { code: 'denied', message: 'No.' } });
    expect(await doubling).toEqual({ n: 2 });
  });

  it('revives an error with code, sentence and facts', async () => {
    const { client, reply } = byHand();
    const call = client.math.nothing();
    reply({
      kind: 'error',
      id: '1',
      error: { code: 'denied', message: 'No.', detail: { permission: 'kms:X' } },
    });
    await expect(call).rejects.toMatchObject({
      name: 'AppError',
      code: 'denied',
      message: 'No.',
      detail: { permission: 'kms:X' },
    });
  });

  it('gives up at once when the signal aborts, and tells the other side', async () => {
    const { client, sent, reply } = byHand();
    const abort = new AbortController();
    const call = client.math.hang('a', { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent.at(-1)).toEqual({ kind: 'cancel', id: '1' });
    reply({ kind: 'value', id: '1', value: 'late' });
  });

  it('does not even send where the signal has aborted before', async () => {
    const { client, sent } = byHand();
    await expect(client.math.hang('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(sent).toEqual([]);
  });

  it('leaves no listener on a signal that outlives its calls', async () => {
    const { client, reply, sent } = byHand();
    const { signal } = new AbortController();
    const calls = Array.from({ length: 50 }, () => client.math.double({ n: 1 }, { signal }));
    for (const { id } of sent) reply({ kind: 'value', id, value: { n: 2 } });
    await Promise.all(calls);
    const failing = client.math.double({ n: 1 }, { signal });
    reply({ kind: 'error', id: '51', error: { code: 'denied', message: 'No.' } });
    await failing.catch(() => {});
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('fails in words where the transport cannot send, and leaves nothing behind', async () => {
    const client = createClient(exampleContract, {
      send: () => {
        throw new Error('could not be cloned');
      },
      receive: () => {},
    });
    const abort = new AbortController();
    await expect(client.math.nothing(undefined, { signal: abort.signal })).rejects.toMatchObject({
      name: 'AppError',
      code: 'internal',
    });
    expect(getEventListeners(abort.signal, 'abort')).toEqual([]);
  });
});

describe('client and dispatcher together', () => {
  it('call, report and cancel across the boundary', async () => {
    const { dispatcher, hanging } = startExample();
    const { client } = createLocalClient(exampleContract, dispatcher);
    const seen: number[] = [];
    expect(await client.math.double({ n: 2 })).toEqual({ n: 4 });
    expect(await client.math.nothing()).toBeUndefined();
    expect(await client.math.count({ to: 3 }, { onProgress: ({ at }) => seen.push(at) })).toBe(3);
    expect(seen).toEqual([1, 2, 3]);

    const abort = new AbortController();
    const call = client.math.hang('a', { signal: abort.signal });
    await settled();
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(hanging.get('a')?.signal.aborted).toBe(true);
  });

  it('do not answer a call that was cancelled on the other side', async () => {
    const { dispatcher, hanging } = startExample();
    const { client, close } = createLocalClient(exampleContract, dispatcher);
    let ended = false;
    void client.math.hang('a').finally(() => (ended = true));
    await settled();
    close();
    await settled();
    expect(hanging.get('a')?.signal.aborted).toBe(true);
    expect(ended).toBe(false);
  });
});

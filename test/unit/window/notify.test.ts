import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createNotify } from '../../../electron/window/notify';

class FakeNotification extends EventEmitter {
  shown = 0;
  show() {
    this.shown += 1;
  }
}

function open(supported: boolean) {
  const made: FakeNotification[] = [];
  const went: string[] = [];
  const notify = createNotify({
    supported: () => supported,
    create() {
      const notification = new FakeNotification();
      made.push(notification);
      return notification as never;
    },
    navigate: (hash) => void went.push(hash),
  });
  return { notify, made, went };
}

describe('a notification of the system', () => {
  it('leads to its place when it is clicked', () => {
    const { notify, made, went } = open(true);
    expect(notify({ title: 't', body: 'b', place: '/drills/plan/1' })).toBe(true);
    expect([made[0]?.shown, went]).toEqual([1, []]);
    made[0]?.emit('click');
    expect(went).toEqual(['#/drills/plan/1']);
  });

  it('is not said to be shown where the system shows none', () => {
    const { notify, made } = open(false);
    expect(notify({ title: 't', body: 'b', place: '/drills' })).toBe(false);
    expect(made).toEqual([]);
  });
});

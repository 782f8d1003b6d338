import type { DrillHandlers, Shared } from './index';

type CanaryHandlers = Pick<
  DrillHandlers,
  | 'canaryKeeping'
  | 'setCanarySchedule'
  | 'lookAtCanaries'
  | 'makeCanaries'
  | 'canaryCoverage'
  | 'exportCanaries'
>;

/** Canaries over many keys: kept on schedule, judged by their material, exported together. */
export function canaryHandlers({
  canaries,
  keeper,
  now,
  saveFile,
  ...shared
}: Shared): CanaryHandlers {
  return {
    canaryKeeping: () => keeper.read(),
    setCanarySchedule({ schedule, agreed }) {
      keeper.write(schedule, agreed);
      shared.rescheduled();
      return keeper.read();
    },
    async lookAtCanaries(_input, { signal }) {
      await keeper.lookNow(signal);
      shared.rescheduled();
      return keeper.read();
    },
    makeCanaries: ({ keys, note, always }, { signal, progress }) =>
      keeper.make({
        keys,
        note,
        always,
        signal,
        progress: (done, expected) => progress({ done, expected }),
      }),
    canaryCoverage: ({ keys }, { signal }) => keeper.coverage(keys, signal),
    async exportCanaries() {
      const all = canaries.list();
      const entries = all.map(({ last: _last, bytes: _bytes, ...facts }) => ({
        ...facts,
        envelope: JSON.parse(Buffer.from(canaries.envelopeOf(facts.id)).toString()) as unknown,
      }));
      const text = JSON.stringify({ format: 'claviger-canaries/1', canaries: entries }, null, 2);
      const file = await saveFile({
        suggestedName: `canaries-${now().toISOString().slice(0, 10)}.json`,
        content: [`${text}\n`],
      });
      return file === null ? null : { file, canaries: all.length };
    },
  };
}

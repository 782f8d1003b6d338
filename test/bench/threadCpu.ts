import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** CPU time of this process's threads in milliseconds, by the system's thread id; empty where there is no /proc. */
export function threadCpu(): Map<number, number> {
  const folder = '/proc/self/task';
  const times = new Map<number, number>();
  if (!existsSync(folder)) return times;
  for (const id of readdirSync(folder)) {
    try {
      // The first number: nanoseconds on a processor (Linux, Documentation/scheduler/sched-stats).
      const [onCpu] = readFileSync(`${folder}/${id}/schedstat`, 'utf8').split(' ');
      times.set(Number(id), Number(onCpu) / 1e6);
    } catch {
      // The thread has ended meanwhile.
    }
  }
  return times;
}

/** The thread that worked most since `before`, without the given ones. */
export function busiestThread(
  before: ReadonlyMap<number, number>,
  without: readonly number[],
): number | undefined {
  return [...threadCpu()]
    .filter(([id]) => !without.includes(id))
    .map(([id, ms]) => ({ id, ms: ms - (before.get(id) ?? 0) }))
    .toSorted((a, b) => b.ms - a.ms)[0]?.id;
}

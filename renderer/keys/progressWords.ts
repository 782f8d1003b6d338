import type { RefreshProgress } from './store';

/** `1,204 of 3,000 answers, about 40 s`: how far a refresh is. */
export function progressWords(progress: RefreshProgress | undefined): string | undefined {
  if (!progress || progress.expected === 0) return undefined;
  const { done, expected, remainingSeconds } = progress;
  const count = `${done.toLocaleString('en')} of ${expected.toLocaleString('en')} answers`;
  return remainingSeconds === undefined ? count : `${count}, about ${duration(remainingSeconds)}`;
}

/** How far a refresh is, 0 to 1; undefined while nothing is known of it. */
export function progressShare(progress: RefreshProgress | undefined): number | undefined {
  return progress && progress.expected > 0 ? progress.done / progress.expected : undefined;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}

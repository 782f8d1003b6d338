import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app';

/** How many grave alerts were open when the watch last looked, beside the feature's name. */
export function OpenAlerts() {
  const { watch } = useApp();
  const high = useStore(watch, (state) => state.high);
  const loadHigh = useStore(watch, (state) => state.loadHigh);
  useEffect(() => void loadHigh(), [loadHigh]);
  if (high === 0) return null;
  return (
    <span
      title="Open alerts of high severity of the last 90 days, when the watch last looked"
      className="rounded-sm bg-fail-soft px-1 text-2xs font-medium text-fail tabular-nums max-lg:absolute max-lg:top-0 max-lg:right-0"
    >
      {high > 99 ? '99+' : high}
      <span className="sr-only"> open alerts of high severity</span>
    </span>
  );
}

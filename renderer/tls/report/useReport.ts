import { useEffect, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { ScanResult } from '../../../shared/model/tls/result';
import { useClient } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { useTls } from '../useTls';
import type { HistoryEntry } from './HistoryPart';

/** One stored scan; undefined while it is on its way. */
export function useScanResult(scan: number | undefined): {
  readonly result: ScanResult | undefined;
  readonly error: ErrorInfo | undefined;
} {
  const ask = useTls((state) => state.result);
  const [answer, setAnswer] = useState<{ scan: number; result?: ScanResult; error?: ErrorInfo }>();
  useEffect(() => {
    if (scan === undefined) return undefined;
    let left = false;
    ask(scan).then(
      (result) => !left && setAnswer({ scan, result }),
      (error: unknown) => !left && setAnswer({ scan, error: toErrorInfo(error) }),
    );
    return () => {
      left = true;
    };
  }, [ask, scan]);
  const fits = answer?.scan === scan ? answer : undefined;
  return { result: fits?.result, error: fits?.error };
}

/** The scans of an endpoint, newest first; asked for anew when its last scan is another. */
export function useHistory(
  id: string,
  newest: number | undefined,
): {
  readonly history: readonly HistoryEntry[] | undefined;
  readonly error: ErrorInfo | undefined;
  readonly retry: () => void;
} {
  const client = useClient();
  const { value, error, retry } = useAnswer(
    (signal) => client.tls.history({ id }, { signal }),
    `${id} ${newest}`,
  );
  return { history: value, error, retry };
}

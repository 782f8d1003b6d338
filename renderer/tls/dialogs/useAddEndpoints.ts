import { useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { EndpointEdit } from '../../../shared/model/tls/fleet';
import { useApp } from '../../app';

/** Adds endpoints of a preview, says how many were new, and closes. */
export function useAddEndpoints(onClose: () => void) {
  const { tls, toaster } = useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();

  async function add(endpoints: readonly EndpointEdit[]): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const added = await tls.store.getState().add(endpoints);
      const known = endpoints.length - added;
      toaster.add({
        title: added === 1 ? '1 endpoint added' : `${added} endpoints added`,
        description: known > 0 ? `${known} were in the list already.` : undefined,
      });
      onClose();
    } catch (thrown) {
      setError(toErrorInfo(thrown));
      setBusy(false);
    }
  }

  return { busy, error, add };
}

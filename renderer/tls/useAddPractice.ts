import { toErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';

/** Adds the TLS servers of the practice account to the list, and says how many were new. */
export function useAddPractice(): () => Promise<void> {
  const { client, tls, toaster } = useApp();
  return async () => {
    try {
      const endpoints = await client.tls.practiceEndpoints();
      const added = endpoints.length > 0 ? await tls.store.getState().add(endpoints) : 0;
      toaster.add({
        title: added > 0 ? `${added} practice endpoints added` : 'No practice endpoint was added',
        description:
          endpoints.length === 0
            ? 'Claviger runs without its practice account.'
            : added === 0
              ? 'They are all in the list already.'
              : 'Scan them to see what they offer.',
      });
    } catch (error) {
      toaster.add({
        title: 'The practice endpoints were not added',
        description: toErrorInfo(error).message,
        type: 'error',
      });
    }
  };
}

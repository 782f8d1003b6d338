import type { app as appContract, AppInfo } from '../../shared/contract/app';
import type { FeatureHandlers } from '../../shared/contract/define';
import { hashed } from '../files/hashed';
import type { AppEvents } from './events';

export { createAppEvents, type AppEvents } from './events';

export interface AppOptions {
  readonly info: () => AppInfo;
  readonly events: AppEvents;
  readonly host: {
    saveFile(file: {
      suggestedName: string;
      content: AsyncIterable<Uint8Array>;
    }): Promise<string | null>;
    printPage(title: string): Promise<Uint8Array>;
    copyText(text: string): void | Promise<void>;
    openExternal(url: string): void | Promise<void>;
    notify?(note: { title: string; body: string; place: string }): boolean;
  };
}

/** Answers the calls about the program itself. */
export function createAppHandlers({
  info,
  events,
  host,
}: AppOptions): FeatureHandlers<typeof appContract> {
  return {
    info,
    watch: (_input, { signal, progress }) =>
      new Promise((resolve) => {
        const leave = events.listen(progress);
        const end = () => {
          leave();
          resolve(undefined);
        };
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      }),
    copyText: async ({ text }) => {
      await host.copyText(text);
      return undefined;
    },
    tryNotification() {
      const title = 'Claviger';
      const body = 'So you will be reminded of drills and findings that are due.';
      return { sent: host.notify?.({ title, body, place: '/drills' }) ?? false };
    },
    async printPage({ suggestedName, title }) {
      // Printed when the operator has picked a place: who cancels has not waited.
      async function* printed() {
        yield await host.printPage(title);
      }
      const { content, sha256 } = hashed(printed());
      const file = await host.saveFile({ suggestedName, content });
      return file === null ? null : { file, sha256: sha256() };
    },
    openExternal: async ({ url }) => {
      await host.openExternal(url);
      return undefined;
    },
  };
}

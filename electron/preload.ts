import { contextBridge, ipcRenderer, webUtils } from 'electron';

// Kept in step with electron/ipc/electronTransport.ts, which this bundle must not pull in.
const channel = 'claviger';

let deliver: (message: unknown) => void = () => {};
// The event carries `sender`, which is ipcRenderer itself: only the message goes on.
ipcRenderer.on(channel, (_event, message: unknown) => deliver(message));

/** The whole bridge: two functions. Everything else is the contract's business (shared/contract). */
contextBridge.exposeInMainWorld(
  'claviger',
  Object.freeze({
    /** Files are those that the operator dropped; the page learns no path and can name none. */
    send(message: unknown, files?: readonly File[]): void {
      const paths = files?.map((file) => webUtils.getPathForFile(file)).filter(Boolean);
      ipcRenderer.send(channel, message, ...(paths ? [paths] : []));
    },
    /** Registers the one listener; a second one takes the first one's place. */
    receive(listener: (message: unknown) => void): void {
      deliver = (message) => listener(message);
    },
  }),
);

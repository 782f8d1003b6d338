import { EventEmitter } from 'node:events';
import type { Log } from '../../../electron/log/log';

/** An event that notes whether it was refused. */
export function refusable() {
  return {
    refused: false,
    preventDefault() {
      this.refused = true;
    },
  };
}

/** A log that keeps its lines: `warn refused: download`. */
export function keptLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: (level, message) => void lines.push(`${level} ${message}`) };
}

/** What of a WebContents the program touches. */
export class FakeContents extends EventEmitter {
  mainFrame = { url: 'app://claviger/#/keys' };
  ipc = new EventEmitter();
  sent: unknown[] = [];
  destroyed = false;
  reloads = 0;
  crashes = 0;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  webRtcPolicy: string | undefined;

  isDestroyed() {
    return this.destroyed;
  }
  send(_channel: string, message: unknown) {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.sent.push(message);
  }
  reload() {
    this.reloads += 1;
  }
  forcefullyCrashRenderer() {
    this.crashes += 1;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string) {
    this.webRtcPolicy = policy;
  }
}

/** What of a BrowserWindow the program touches. */
export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: unknown;
  loaded: string[] = [];
  calls: string[] = [];
  background: string | undefined;
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  minimized = false;

  constructor(options?: unknown) {
    super();
    this.options = options;
  }
  async loadURL(url: string) {
    this.loaded.push(url);
  }
  isDestroyed() {
    return this.webContents.destroyed;
  }
  isMinimized() {
    return this.minimized;
  }
  isMaximized() {
    return this.calls.includes('maximize');
  }
  getNormalBounds() {
    return this.bounds;
  }
  setBackgroundColor(colour: string) {
    this.background = colour;
  }
  show() {
    this.calls.push('show');
  }
  focus() {
    this.calls.push('focus');
  }
  restore() {
    this.calls.push('restore');
  }
  maximize() {
    this.calls.push('maximize');
  }
  close() {
    this.calls.push('close');
    this.emit('close');
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
  }
}

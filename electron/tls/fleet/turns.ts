/** What one scan may take of its address, where others scan the same one. */
export interface Share {
  /** Connections at once. */
  readonly connections: number;
  /** Between two connections of this scan, in milliseconds. */
  readonly pauseMs: number;
}

export interface TurnsOptions {
  /** Scans at once. One that outlasts `patienceMs` lets another begin beside it. */
  readonly concurrency: number;
  /** Connections at once to one address, by all scans together. */
  readonly connectionsPerHost: number;
  /** Between two connections to one address. */
  readonly pauseMs: number;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

/** Who scans when. */
export interface Turns {
  /** Runs `work` when it is its turn. Rejects with the signal's reason where that comes first. */
  run<T>(address: string, work: (share: Share) => Promise<T>): Promise<T>;
}

/** So many times the concurrency run at most, with all that outlast the patience. */
const mostAtOnce = 4;

/**
 * Gives scans their turns, in the order in which they come but past those whose address is busy.
 * Scans of one address share its connections; a black hole or a tarpit holds up its own address only.
 */
export function createTurns(options: TurnsOptions): Turns {
  const { concurrency, connectionsPerHost, patienceMs, signal } = options;
  const hosts = new Map<string, Host>();
  /** Addresses with scans that wait. */
  const queue = new Set<Host>();
  let running = 0;
  let prompt = 0;

  function pump(): void {
    for (const host of queue) {
      if (prompt >= concurrency || running >= concurrency * mostAtOnce) return;
      while (host.waiting.length > 0 && host.inUse < connectionsPerHost && prompt < concurrency) {
        begin(host);
      }
      if (host.waiting.length === 0) queue.delete(host);
    }
  }

  function begin(host: Host): void {
    const share = shareOf(host, options);
    const start = host.waiting.shift();
    host.running += 1;
    host.inUse += share.connections;
    running += 1;
    prompt += 1;
    let patient = true;
    const lose = () => {
      if (patient) prompt -= 1;
      patient = false;
    };
    const timer = setTimeout(() => {
      lose();
      pump();
    }, patienceMs);
    start?.(share, () => {
      clearTimeout(timer);
      lose();
      running -= 1;
      host.running -= 1;
      host.inUse -= share.connections;
      if (host.running === 0 && host.waiting.length === 0) hosts.delete(host.address);
      pump();
    });
  }

  return {
    async run(address, work) {
      signal.throwIfAborted();
      const host = hosts.get(address) ?? { address, waiting: [], running: 0, inUse: 0 };
      hosts.set(address, host);
      const { share, end } = await new Promise<{ share: Share; end: () => void }>(
        (resolve, reject) => {
          const giveUp = () => {
            host.waiting.splice(host.waiting.indexOf(start), 1);
            reject(signal.reason as Error);
          };
          const start: Start = (given, done) => {
            signal.removeEventListener('abort', giveUp);
            resolve({ share: given, end: done });
          };
          signal.addEventListener('abort', giveUp, { once: true });
          host.waiting.push(start);
          queue.add(host);
          pump();
        },
      );
      try {
        return await work(share);
      } finally {
        end();
      }
    },
  };
}

type Start = (share: Share, end: () => void) => void;

interface Host {
  readonly address: string;
  readonly waiting: Start[];
  running: number;
  inUse: number;
}

function shareOf(host: Host, { connectionsPerHost, pauseMs }: TurnsOptions): Share {
  const scans = host.waiting.length + host.running;
  const fair = Math.ceil(connectionsPerHost / scans);
  const connections = Math.min(fair, connectionsPerHost - host.inUse);
  const together = Math.min(scans, Math.ceil(connectionsPerHost / fair));
  return { connections, pauseMs: pauseMs * together };
}

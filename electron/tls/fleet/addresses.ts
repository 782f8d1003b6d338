import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createSlots } from '../../aws/slots';

/** The addresses of a host, or why there are none: a sentence. */
export type Addresses = { readonly addresses: readonly string[] } | { readonly why: string };

/** Finds all IPv4 and IPv6 addresses of a host. Rejects only where the signal aborts. */
export type FindAddresses = (host: string, signal: AbortSignal) => Promise<Addresses>;

/** Each lookup holds one of the process's four threads for such work, also where no name server answers. */
const lookupsAtOnce = 2;
const patienceMs = 10_000;

/**
 * Asks the system's resolver (hosts file, DNS), a few names at once, each once. An address needs no
 * asking.
 */
export function createFindAddresses(
  resolve: (host: string) => Promise<{ address: string }[]> = (host) => lookup(host, { all: true }),
): FindAddresses {
  const known = new Map<string, Promise<Addresses>>();
  const slots = createSlots(lookupsAtOnce);

  async function ask(host: string): Promise<Addresses> {
    const release = await slots.take();
    const answer = resolve(host).then(
      (found): Addresses => ({ addresses: [...new Set(found.map(({ address }) => address))] }),
      (error: NodeJS.ErrnoException): Addresses => ({ why: sentenceOf(host, error.code ?? '') }),
    );
    // The thread is taken until the resolver gives up, however long we wait.
    void answer.then(release);
    const late = new AbortController();
    const tooLate = delay(patienceMs, undefined, { signal: late.signal }).then((): Addresses => ({
      why: `No name server answered for ${host} in time.`,
    }));
    tooLate.catch(() => {}); // the answer came in time
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      late.abort();
    }
  }

  return (host, signal) => {
    if (isIP(host)) return Promise.resolve({ addresses: [host] });
    const answer = known.get(host) ?? ask(host);
    known.set(host, answer);
    return orAborted(answer, signal);
  };
}

function sentenceOf(host: string, code: string): string {
  return code === 'ENOTFOUND' || code === 'ENODATA'
    ? `The name ${host} has no address (${code}).`
    : `The address of ${host} could not be looked up (${code}).`;
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    const end = () => signal.removeEventListener('abort', abort);
    promise.finally(end).then(resolve, reject);
  });
}

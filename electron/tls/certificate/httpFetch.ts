import { lookup as systemLookup } from 'node:dns';
import { request, type RequestOptions } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { HttpAsk, HttpFetch } from './revocation';

/** Bounds of one question to a URL that a certificate names. */
export interface HttpFetchOptions {
  readonly maxBytes: number;
  /** Of the whole exchange. */
  readonly timeoutMs: number;
  readonly lookup?: LookupFunction;
}

/** So many revocation lists are kept for so long: endpoints of one authority share them. */
const keptLists = 10;
const keptMs = 15 * 60_000;

/**
 * Asks OCSP responders and CRL servers over plain HTTP, as RFC 6960 (appendix A) and RFC 5280 (8) have it.
 * The URLs come from whatever server was scanned: no other scheme, no redirects, and no link-local
 * address, where clouds keep their machines' credentials. Make one for many endpoints, and from it one
 * for each scan, which waits no longer than its signal: a list that was fetched is kept for a while, so
 * that a hundred endpoints of one authority cost it one download.
 */
export function createHttpFetch(options: HttpFetchOptions): (signal?: AbortSignal) => HttpFetch {
  const lists = new Map<string, { answer: HttpAnswer; until: number }>();

  function fetchList(ask: HttpAsk): HttpAnswer {
    const kept = lists.get(ask.url);
    if (kept && performance.now() < kept.until) return kept.answer;
    const answer = askOnce(ask, options);
    lists.delete(ask.url);
    lists.set(ask.url, { answer, until: performance.now() + keptMs });
    const [oldest] = lists.keys();
    if (lists.size > keptLists && oldest !== undefined) lists.delete(oldest);
    void answer.then((got) => {
      if (got.kind === 'failed' || got.status !== 200) lists.delete(ask.url);
    });
    return answer;
  }

  return (signal) => (ask) => {
    const answer = ask.body ? askOnce(ask, options) : fetchList(ask);
    return signal ? untilAborted(answer, signal) : answer;
  };
}

type HttpAnswer = ReturnType<HttpFetch>;

function untilAborted(answer: HttpAnswer, signal: AbortSignal): HttpAnswer {
  return new Promise((resolve) => {
    const abort = () => resolve({ kind: 'failed', why: 'the scan was ended' });
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void answer.then((got) => {
      signal.removeEventListener('abort', abort);
      resolve(got);
    });
  });
}

function askOnce(ask: HttpAsk, options: HttpFetchOptions): HttpAnswer {
  const url = URL.canParse(ask.url) ? new URL(ask.url) : undefined;
  if (url?.protocol !== 'http:') {
    return Promise.resolve({ kind: 'failed', why: 'only http URLs are asked' });
  }
  // A host that is an address already is never looked up.
  if (isLinkLocal(url.hostname.replace(/^\[|\]$/g, ''))) return Promise.resolve(refusedAddress);
  return exchange(url, ask, options);
}

const refusedAddress = { kind: 'failed', why: 'its address is link-local' } as const;

function exchange(url: URL, { body }: HttpAsk, options: HttpFetchOptions): HttpAnswer {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(options.timeoutMs);
    const fail = (why: string) => resolve({ kind: 'failed', why });
    const settings: RequestOptions = {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'content-type': body.type, 'content-length': body.bytes.length } : {},
      agent: false,
      signal,
      lookup: guarded(options.lookup ?? systemLookup),
    };
    const asked = request(url, settings, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > options.maxBytes) {
          fail(`its answer is longer than ${options.maxBytes} bytes`);
          asked.destroy();
        } else chunks.push(chunk);
      });
      response.on('end', () => {
        resolve({ kind: 'answer', status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
      });
      response.on('error', () => fail('the answer broke off'));
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) fail('no answer in time');
      else
        fail(error.code === linkLocalCode ? refusedAddress.why : (error.code ?? 'no connection'));
    });
    asked.end(body?.bytes);
  });
}

const linkLocalCode = 'ECLAVIGERLINKLOCAL';

/** Looks at the addresses that a name stands for before a connection goes to one of them. */
function guarded(lookup: LookupFunction): LookupFunction {
  return (host, settings, callback) => {
    lookup(host, settings, (error, found, family) => {
      const addresses =
        typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
      if (!error && addresses.some(isLinkLocal)) {
        const refused = Object.assign(new Error(refusedAddress.why), { code: linkLocalCode });
        callback(refused, '', 4);
      } else callback(error, found, family);
    });
  };
}

/** 169.254.0.0/16 (also written into IPv6) and fe80::/10; also AWS's fd00:ec2::254. */
function isLinkLocal(address: string): boolean {
  return /^(?:::ffff:)?(?:169\.254\.|a9fe:)|^fe[89ab]|^fd00:ec2:/i.test(address);
}

import type { HttpResult } from '../../../shared/model/tls/scan';
import { describeFailure } from '../handshake';
import type { Dialer } from '../net/types';
import { headerOf } from './answer';
import { get, hostHeader, type Stream } from './get';

type Redirect = HttpResult['redirect'];

/** Whether plain HTTP on the port sends a browser to https of the same host. */
export async function probeRedirect(dialer: Dialer, host: string, port: number): Promise<Redirect> {
  const opened = await dialer.open({ port });
  if (opened.kind === 'refused') return { value: 'no', why: `Port ${port} is closed.` };
  if (opened.kind !== 'open') return { value: 'unknown', why: `Port ${port}: ${opened.why}` };
  const { connection } = opened;
  const stream: Stream = {
    send: (bytes) => connection.write(bytes),
    receive: (timeoutMs) => connection.read(timeoutMs),
  };
  const outcome = await get(stream, hostHeader(host, port, 80));
  connection.close();
  dialer.signal.throwIfAborted();
  if (outcome.kind === 'other') return { value: 'no', why: `Port ${port} speaks no HTTP.` };
  if (outcome.kind !== 'answer') {
    return { value: 'unknown', why: `Port ${port}: ${describeFailure(outcome)}` };
  }
  const { status } = outcome.answer;
  const location = headerOf(outcome.answer, 'location')?.slice(0, 2048);
  const seen = { status, ...(location !== undefined && { location }) };
  if (status < 300 || status > 399 || location === undefined) {
    return {
      value: 'no',
      why: `Port ${port} answers with ${status}, not with a redirect.`,
      ...seen,
    };
  }
  const goal = urlOf(location, host, port);
  if (goal?.protocol !== 'https:') {
    return { value: 'no', why: 'It redirects, but not to https.', ...seen };
  }
  if (goal.hostname.toLowerCase() !== urlOf('/', host, port)?.hostname) {
    return { value: 'no', why: 'It redirects to https of another host.', ...seen };
  }
  return { value: 'yes', ...seen };
}

function urlOf(location: string, host: string, port: number): URL | undefined {
  try {
    return new URL(location, `http://${hostHeader(host, port, 80)}`);
  } catch {
    return undefined;
  }
}

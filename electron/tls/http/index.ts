import type { HttpResult, ProtocolResult } from '../../../shared/model/tls/scan';
import { describeFailure, handshakeBest } from '../handshake';
import type { Dialer } from '../net/types';
import { bodyText, headerOf, type HttpAnswer } from './answer';
import { get, hostHeader, type GetOutcome } from './get';
import { readHsts } from './hsts';
import { probeRedirect } from './redirect';

export type { HttpAnswer } from './answer';
export type { GetOutcome } from './get';

export interface HttpOptions {
  /** As in the Host header, without port. */
  readonly host: string;
  /** What is offered: the best version that this client can finish is asked over. */
  readonly protocols: readonly ProtocolResult[];
  /** What another part asked already: where that was answered, no further handshake is made. */
  readonly asked?: GetOutcome | undefined;
  /** Where plain HTTP is looked for. */
  readonly plainPort?: number;
}

/**
 * What the server says to one GET / over TLS, and whether plain HTTP redirects to it. Nothing that
 * cannot be asked is a "no". Rejects only where the dialer's signal aborts.
 */
export async function probeHttp(dialer: Dialer, options: HttpOptions): Promise<HttpResult> {
  const { host, asked, plainPort = 80 } = options;
  const answered = asked?.kind === 'answer' || asked?.kind === 'other';
  const outcome = answered ? asked : await ask(dialer, options);
  if (outcome.kind === 'answer') {
    return resultOf(outcome.answer, await probeRedirect(dialer, host, plainPort));
  }
  if (outcome.kind === 'other') {
    const why = 'The server speaks no HTTP here.';
    return nothing({ value: 'no', why }, why);
  }
  const why = `GET / was not answered: ${describeFailure(outcome)}`;
  return nothing({ value: 'unknown', why }, why);
}

/** The name of the one protocol that is asked in. */
export const http1 = 'http/1.1';

async function ask(dialer: Dialer, { host, protocols }: HttpOptions): Promise<GetOutcome> {
  const outcome = await handshakeBest(dialer, protocols, { alpn: [http1] });
  if (outcome.kind === 'seen') return { kind: 'cannot', why: 'The handshake was not finished.' };
  if (outcome.kind === 'refused' || outcome.kind === 'unreachable') {
    return { kind: 'cannot', why: outcome.why };
  }
  if (outcome.kind !== 'done') return outcome;
  const answer = await get(outcome.session, hostHeader(host, dialer.target.port, 443));
  outcome.session.close();
  dialer.signal.throwIfAborted();
  return answer;
}

function nothing(spoken: HttpResult['spoken'], why: string): HttpResult {
  const unknown = { value: 'unknown', why } as const;
  return { spoken, hsts: unknown, redirect: unknown, banners: [], compression: unknown };
}

function resultOf(answer: HttpAnswer, redirect: HttpResult['redirect']): HttpResult {
  return {
    spoken: { value: 'yes' },
    status: answer.status,
    hsts: wantsCertificate(answer)
      ? { value: 'unknown', why: 'The server shows its pages only to clients with a certificate.' }
      : readHsts(answer),
    redirect,
    banners: bannersOf(answer),
    compression: compressionOf(answer),
  };
}

/** Whether an error page says that a client certificate is missing (nginx answers 400, IIS 403). */
export function wantsCertificate(answer: HttpAnswer): boolean {
  if (![400, 401, 403, 495, 496].includes(answer.status)) return false;
  const text = bodyText(answer);
  return (
    answer.status >= 495 ||
    /no required ssl certificate|client certificate (?:is |was )?(?:required|needed|missing|not)|requires? (?:a |an )?(?:client|ssl|valid) certificate/i.test(
      text,
    )
  );
}

/** Headers in which servers name themselves. */
const bannerNames = [
  'server',
  'x-powered-by',
  'x-aspnet-version',
  'x-aspnetmvc-version',
  'x-generator',
  'via',
];

function bannersOf(answer: HttpAnswer): HttpResult['banners'] {
  return answer.headers
    .filter(([name]) => bannerNames.includes(name))
    .map(([name, value]) => ({ name, value: value.slice(0, 256) }));
}

function compressionOf(answer: HttpAnswer): HttpResult['compression'] {
  const coding = headerOf(answer, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity' && coding !== '') {
    return { value: 'yes', why: `The body came compressed (${coding.slice(0, 32)}).` };
  }
  if (answer.body.length === 0)
    return { value: 'unknown', why: 'The answer to GET / has no body.' };
  return { value: 'no', why: 'The answer to GET / came uncompressed; other pages may not.' };
}

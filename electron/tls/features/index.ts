import type { Finding, ProtocolResult, TlsFeatures } from '../../../shared/model/tls/scan';
import { plansFor, type Facts, type Plan, type Ticket } from '../handshake';
import type { GetOutcome } from '../http';
import type { Dialer } from '../net/types';
import { extensionType } from '../wire/extensions';
import { probeAlpn } from './alpn';
import { judgeClientCertificate } from './clientCertificate';
import { seen, unknown } from './finding';
import { probeGrease } from './grease';
import { askInHello, isOnlyTls13, probeFallbackScsv, type AskedFeatures } from './helloProbes';
import { resumeByPsk, runMain, type MainHandshake, type PskAttempt } from './main';
import { probeOlder, type OlderFeatures } from './older';
import { probeSni } from './sni';

export interface FeatureProbe {
  readonly features: TlsFeatures;
  readonly notes: string[];
  /** What the one GET / came to, for `probeHttp`; absent where no handshake was finished. */
  readonly asked?: GetOutcome;
}

/**
 * What hellos and finished handshakes show beside versions and suites, in 5 to 13 connections. What was
 * not seen is `unknown`, with why. `host` is for the Host header; the target's name or address where
 * absent. Rejects only where the dialer's signal aborts.
 */
export async function probeFeatures(
  dialer: Dialer,
  options: { readonly protocols: readonly ProtocolResult[]; readonly host?: string },
): Promise<FeatureProbe> {
  const { protocols, host = dialer.target.sni ?? dialer.target.address } = options;
  const plans = plansFor(protocols);
  const [best] = plans;
  const older = plans.find(({ version }) => version !== 'TLS1.3');
  const modern = best?.version === 'TLS1.3';

  const main = runMain(dialer, protocols, host);
  const [first, psk, olderFeatures, asked, fallbackScsv, greaseTolerance, sni, alpn] =
    await Promise.all([
      main,
      main.then((done) => (modern ? resumeByPsk(dialer, best, done) : null)),
      older
        ? modern
          ? probeOlder(dialer, older)
          : main.then((done) => afterMain(done, older))
        : null,
      askInHello(dialer, protocols),
      probeFallbackScsv(dialer, protocols),
      best ? probeGrease(dialer, best) : noPlan,
      best ? main.then(({ facts }) => probeSni(dialer, planOf(facts, best), facts)) : noPlan,
      best
        ? main.then(({ facts }) => probeAlpn(dialer, planOf(facts, best), facts?.alpn ?? null))
        : { ...noPlan, protocols: [] },
    ]);
  dialer.signal.throwIfAborted();

  const only13 = isOnlyTls13(protocols);
  const seenFacts = [first.facts, olderFeatures?.facts ?? null].filter((facts) => facts !== null);
  const features: TlsFeatures = {
    alpn,
    ...ticketFeatures(first, psk, olderFeatures),
    ...olderFindings(olderFeatures, only13),
    ...withHeartbeat(asked, first.facts),
    fallbackScsv,
    ocspStaple: stapleOf(seenFacts, first),
    clientCertificate: judgeClientCertificate(first),
    sni,
    greaseTolerance,
  };
  return {
    features,
    notes: notesOf(seenFacts),
    ...(first.asked && { asked: first.asked }),
  };

  function afterMain(done: MainHandshake, plan: Plan): Promise<OlderFeatures> {
    return probeOlder(dialer, planOf(done.facts, plan), done.outcome);
  }
}

const noPlan = unknown(
  'The server offers no version and suite with which this scanner can finish a handshake.',
);

/** The version that the main handshake came to, which is an older one where the best did not work. */
function planOf(facts: Facts | null, best: Plan): Plan {
  return facts && facts.version !== best.version ? { version: facts.version } : best;
}

function ticketFeatures(
  main: MainHandshake,
  psk: PskAttempt | null,
  older: OlderFeatures | null,
): Pick<TlsFeatures, 'sessionTickets' | 'ticketResumption' | 'earlyData'> {
  const why = unknown(main.failure ?? 'The server was not asked in a version that has it.');
  const modern = main.failure === null && main.facts?.version === 'TLS1.3';
  const tickets: readonly Ticket[] = [...(modern ? main.tickets : []), ...(older?.tickets ?? [])];
  const lifetimeSeconds = Math.max(0, ...tickets.map((ticket) => ticket.lifetimeSeconds));
  const maxBytes = Math.max(0, ...tickets.map((ticket) => ticket.maxEarlyData));
  const complete = (psk === null || modern) && (older === null || older.tickets !== null);
  const sessionTickets =
    tickets.length > 0
      ? { ...seen(true), ...(lifetimeSeconds > 0 && { lifetimeSeconds }) }
      : complete && main.failure === null
        ? seen(false)
        : why;
  return {
    sessionTickets,
    ticketResumption: eitherResumption(psk, older?.ticketResumption ?? null) ?? why,
    earlyData:
      maxBytes > 0
        ? {
            ...seen(
              true,
              psk?.earlyDataAccepted
                ? 'Its tickets allow it, and it accepted the offer.'
                : 'Its tickets allow it; the offer was not accepted when it was tried.',
            ),
            maxBytes,
          }
        : modern
          ? seen(false)
          : psk === null && main.failure === null
            ? seen(false, 'TLS 1.3 is not offered, which alone has it.')
            : why,
  };
}

/** One that worked is enough; two that did not are needed for a "no". */
function eitherResumption(psk: PskAttempt | null, older: Finding | null): Finding | null {
  const modern: Finding | null =
    psk &&
    (psk.resumed === null
      ? unknown(`TLS 1.3: ${psk.why ?? ''}`)
      : seen(psk.resumed, psk.why ?? 'Tried in TLS 1.3, with a PSK.'));
  const both = [modern, older].filter((one) => one !== null);
  const worked = both.filter(({ value }) => value === 'yes');
  if (worked.length > 0) {
    return seen(true, worked.flatMap(({ why }) => why ?? []).join(' '));
  }
  return both.find(({ value }) => value === 'unknown') ?? both[0] ?? null;
}

type OlderFinding =
  'sessionIdResumption' | 'extendedMasterSecret' | 'secureRenegotiation' | 'clientRenegotiation';

function olderFindings(
  older: OlderFeatures | null,
  only13: boolean,
): Pick<TlsFeatures, OlderFinding> {
  if (!older) {
    const none = unknown('No version of TLS 1.0 to 1.2 is known to ask in.');
    const builtIn = only13 ? seen(true, 'Only TLS 1.3 is offered, which has it built in.') : none;
    const gone = only13 ? seen(false, 'Only TLS 1.3 is offered, which does not have it.') : none;
    return {
      sessionIdResumption: gone,
      extendedMasterSecret: builtIn,
      secureRenegotiation: only13
        ? seen(true, 'Only TLS 1.3 is offered, which has no renegotiation.')
        : none,
      clientRenegotiation: gone,
    };
  }
  const { facts, sessionIdResumption, clientRenegotiation } = older;
  return {
    sessionIdResumption,
    // The ServerHello is enough for these, also where the handshake failed later.
    extendedMasterSecret: facts ? seen(facts.extendedMasterSecret) : sessionIdResumption,
    secureRenegotiation: facts
      ? seen(facts.extensions.has(extensionType.renegotiationInfo))
      : clientRenegotiation,
    clientRenegotiation,
  };
}

function withHeartbeat(asked: AskedFeatures, facts: Facts | null): AskedFeatures {
  return facts?.extensions.has(extensionType.heartbeat)
    ? { ...asked, heartbeat: seen(true) }
    : asked;
}

function stapleOf(facts: readonly Facts[], main: MainHandshake): Finding {
  if (facts.some(({ staple }) => staple !== null)) return seen(true);
  const certificateSeen = facts.some(({ chain }) => chain.length > 0);
  return certificateSeen
    ? seen(false)
    : unknown(main.failure ?? 'The server sent no certificate with which a staple could come.');
}

/** What the operator should know of the handshakes. */
function notesOf(facts: readonly Facts[]): string[] {
  const whys = facts.flatMap(({ version, signature }) =>
    signature?.value === 'unknown' ? [`${version}: ${signature.why}`] : [],
  );
  return [...new Set(whys)];
}

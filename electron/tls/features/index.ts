import { versionName } from '../../../shared/model/tls/offers';
import type { Finding, ProtocolResult, TlsFeatures } from '../../../shared/model/tls/scan';
import { plansFor, type Facts, type Plan } from '../handshake';
import type { GetOutcome } from '../http';
import type { Dialer } from '../net/types';
import { extensionType } from '../wire/extensions';
import { probeAlpn } from './alpn';
import { judgeClientCertificate } from './clientCertificate';
import { seen, unknown } from './finding';
import { probeGrease } from './grease';
import { askInHello, isOnlyTls13, probeFallbackScsv, type AskedFeatures } from './helloProbes';
import { resumeByPsk, runMain, type MainHandshake } from './mainHandshake';
import { olderFindings, probeOlder, type OlderFeatures } from './older';
import { probeSni } from './sni';
import { ticketFeatures } from './tickets';

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
  /** With the main handshake as the first, where that was in such a version. */
  async function olderWithMain(plan: Plan): Promise<OlderFeatures> {
    const { facts, outcome } = await main;
    return probeOlder(dialer, planOf(facts, plan), outcome);
  }
  /** In the version that the main handshake came to. */
  async function afterMain<T>(
    run: (plan: Plan, facts: Facts | null) => Promise<T>,
  ): Promise<T | null> {
    const { facts } = await main;
    return best ? run(planOf(facts, best), facts) : null;
  }
  const [first, psk, olderFeatures, asked, fallbackScsv, greaseTolerance, sni, alpn] =
    await Promise.all([
      main,
      modern ? afterMain(async (plan) => resumeByPsk(dialer, plan, await main)) : null,
      older ? (modern ? probeOlder(dialer, older) : olderWithMain(older)) : null,
      askInHello(dialer, protocols),
      probeFallbackScsv(dialer, protocols),
      best ? probeGrease(dialer, best) : noPlan,
      afterMain((plan, facts) => probeSni(dialer, plan, facts)),
      afterMain((plan, facts) => probeAlpn(dialer, plan, facts?.alpn ?? null)),
    ]);
  dialer.signal.throwIfAborted();

  const only13 = isOnlyTls13(protocols);
  const seenFacts = [first.facts, olderFeatures?.facts ?? null].filter((facts) => facts !== null);
  const features: TlsFeatures = {
    alpn: alpn ?? { ...noPlan, protocols: [] },
    ...ticketFeatures(first, psk, olderFeatures),
    ...olderFindings(olderFeatures, only13),
    ...withHeartbeat(asked, first.facts),
    fallbackScsv,
    ocspStaple: stapleOf(seenFacts, first),
    clientCertificate: judgeClientCertificate(first),
    sni: sni ?? noPlan,
    greaseTolerance,
  };
  return {
    features,
    notes: notesOf(seenFacts),
    ...(first.asked && { asked: first.asked }),
  };
}

const noPlan = unknown(
  'The server offers no version and suite with which this scanner can finish a handshake.',
);

/** The version that the main handshake came to, which is an older one where the best did not work. */
function planOf(facts: Facts | null, best: Plan): Plan {
  return facts && facts.version !== best.version ? { version: facts.version } : best;
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
    signature?.value === 'unknown' ? [`${versionName(version)}: ${signature.why}`] : [],
  );
  return [...new Set(whys)];
}

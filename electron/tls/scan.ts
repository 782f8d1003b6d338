import { setMaxListeners } from 'node:events';
import type { Caa } from '../../shared/model/tls/certificate';
import type { Judgement } from '../../shared/model/tls/judgement';
import type { Observation, ScanResult } from '../../shared/model/tls/result';
import type { ScanPart, VulnerabilityId } from '../../shared/model/tls/scan';
import {
  collectChains,
  readCaa,
  readChains,
  type CaaResolver,
  type HttpFetch,
  type RootStore,
} from './certificate';
import { probeFeatures } from './features';
import { probeHttp } from './http';
import { createDialer } from './net/dialer';
import { probeProtocols } from './probe';
import { nothingKnown } from './probe/nothingKnown';
import { probeVulnerabilities, vulnerabilitiesUnknown } from './vulnerabilities';

/** One address of one endpoint. */
export interface ScanTarget {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  /** The name to send; null sends none. */
  readonly sni: string | null;
}

export interface ScanOptions {
  readonly parts: readonly ScanPart[];
  /** At once to this address. */
  readonly maxConnections: number;
  /** Between the starts of two connections. */
  readonly pauseMs: number;
  readonly skipProbes: readonly VulnerabilityId[];
  /** What certificates are judged against; `fetch` only where revocation may be asked for. */
  readonly roots: readonly RootStore[];
  readonly fetch?: HttpFetch | undefined;
  readonly dns: CaaResolver;
  /** The pure rules: `judge` of shared/model/tls, with what the operator demands. */
  readonly judge: (observation: Observation) => Judgement;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Told the parts as they end. */
  readonly onPart?: (part: ScanPart) => void;
  readonly limits?: Partial<ScanLimits>;
}

export interface ScanLimits {
  readonly connectTimeoutMs: number;
  /** For one answer. */
  readonly answerTimeoutMs: number;
  /** For all of one address; what is not done by then stays unknown. */
  readonly totalMs: number;
  /** Taken in by one connection. */
  readonly maxBytes: number;
}

const usualLimits: ScanLimits = {
  /** Two repetitions of the first packet, after 1 and 3 s, have their time (RFC 6298). */
  connectTimeoutMs: 4000,
  answerTimeoutMs: 5000,
  totalMs: 120_000,
  maxBytes: 2 ** 20,
};

/**
 * Scans one address: what it speaks, shows and suffers from, and what that comes to. What cannot be
 * reached or told is in the result, with the reason; rejects with the signal's reason only.
 */
export async function scanAddress(target: ScanTarget, options: ScanOptions): Promise<ScanResult> {
  const observation = await observe(target, options);
  return { ...observation, ...options.judge(observation) };
}

async function observe(target: ScanTarget, options: ScanOptions): Promise<Observation> {
  const { parts, now, onPart } = options;
  const limits = { ...usualLimits, ...options.limits };
  const startedAt = now();
  const began = performance.now();
  const outOfTime = AbortSignal.timeout(limits.totalMs);
  const signal = AbortSignal.any([options.signal, outOfTime]);
  setMaxListeners(0, signal); // every connection listens
  const dialer = createDialer({
    target,
    maxConnections: options.maxConnections,
    pauseMs: options.pauseMs,
    connectTimeoutMs: limits.connectTimeoutMs,
    readTimeoutMs: limits.answerTimeoutMs,
    maxBytes: limits.maxBytes,
    signal,
  });
  const wants = (part: ScanPart) => parts.includes(part);
  const notes: string[] = [];

  /** What a part brings; undefined where it is not wanted, or the time is over. */
  async function run<T>(part: ScanPart, work: () => Promise<T>): Promise<T | undefined> {
    if (!wants(part)) return undefined;
    const result = await inTime(work);
    onPart?.(part);
    return result;
  }

  async function inTime<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      options.signal.throwIfAborted();
      if (!outOfTime.aborted) throw error;
      const note = `The scan was ended after ${limits.totalMs / 1000} s; what was not done by then is unknown.`;
      if (!notes.includes(note)) notes.push(note);
      return undefined;
    }
  }

  const { unreachable, ...probed } =
    (await inTime(() =>
      probeProtocols(dialer, { parts, answerTimeoutMs: limits.answerTimeoutMs }),
    )) ?? nothingKnown('The scan took too long.');
  for (const part of ['protocols', 'suites', 'groups'] as const) if (wants(part)) onPart?.(part);
  const { protocols, dhParameters } = probed;
  const speaksTls = protocols.some(({ offered }) => offered === 'yes');

  const { host } = target;
  // A name that is sent is the one that clients ask for, wherever the server is reached.
  const asked = target.sni ?? host;
  const featureProbe =
    speaksTls && parts.some(isMoreThanHellos)
      ? inTime(() => probeFeatures(dialer, { protocols, host: asked }))
      : undefined;
  const [chains, caa, features, http] = await Promise.all([
    run('certificate', async () => {
      const { roots, fetch } = options;
      const raw = await collectChains(dialer, { protocols });
      return readChains(raw, { host: asked, now: now(), roots, fetch });
    }),
    wants('certificate') ? inTime<Caa>(() => readCaa(asked, options.dns)) : undefined,
    featureProbe,
    speaksTls
      ? run('http', async () => {
          // Features need a page too: one is asked for, and both read it.
          const page = (await featureProbe)?.asked;
          return probeHttp(dialer, { host: asked, protocols, asked: page });
        })
      : undefined,
  ]);
  const vulnerabilities = await run('vulnerabilities', () =>
    probeVulnerabilities(dialer, {
      protocols,
      features: features?.features,
      http,
      dhParameters,
      skip: options.skipProbes,
    }),
  );
  options.signal.throwIfAborted();
  return {
    endpoint: { host, port: target.port, address: target.address, sni: target.sni },
    startedAt: startedAt.toISOString(),
    parts: [...parts],
    reachable: unreachable === undefined,
    ...(unreachable !== undefined && { unreachable }),
    ...probed,
    ...(features && { features: features.features }),
    certificates: chains?.certificates ?? [],
    ...(chains?.note && { certificatesNote: chains.note }),
    ...(caa && { caa }),
    ...(http && { http }),
    vulnerabilities:
      vulnerabilities ??
      (wants('vulnerabilities')
        ? vulnerabilitiesUnknown('The scan took too long.', options.skipProbes)
        : []),
    notes: [...probed.notes, ...(features?.notes ?? []), ...notes],
    stats: { ...dialer.stats, ms: Math.round(performance.now() - began) },
  };
}

/** Versions, suites and groups alone need no finished handshake. */
function isMoreThanHellos(part: ScanPart): boolean {
  return part === 'certificate' || part === 'http' || part === 'vulnerabilities';
}

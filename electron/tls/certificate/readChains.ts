import type { PresentedChain } from '../../../shared/model/tls/certificate';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import { judgeOrder } from './chainOrder';
import { describeCertificate } from './describe';
import { matchHost } from './hostname';
import { issuerOf } from './issuer';
import type { CollectedChains, RawChain } from './rawChain';
import { judgeRevocation, type HttpFetch } from './revocation';
import type { RootStore } from './roots';
import { countScts } from './sct';
import { judgeStaple } from './staple';
import { judgeTrust } from './trust';
import { daysUntil, endingSoon, judgeValidity } from './validity';
import { readCertificate, type X509 } from './x509';

/** What a reading of chains needs to know beside them. */
export interface ReadChainsOptions {
  /** The name or address that clients ask for. */
  readonly host: string;
  readonly now: Date;
  /** From `loadRootStores`. */
  readonly roots: readonly RootStore[];
  /** Only where revocation over the network is switched on (`createHttpFetch`). */
  readonly fetch?: HttpFetch | undefined;
}

/** The certificates part of an observation; `note` says which chain is missing, and why. */
export interface ReadChains {
  readonly certificates: PresentedChain[];
  readonly note?: string;
}

/** Nobody's chain is longer; the bound keeps a hostile one from costing time. */
const maxChainLength = 12;

/** Reads and judges what `collectChains` brought; chains that came more than once become one. Never throws. */
export async function readChains(
  { chains, missing }: CollectedChains,
  options: ReadChainsOptions,
): Promise<ReadChains> {
  const notes = [...missing];
  const certificates: PresentedChain[] = [];
  const merged = mergeSame(chains);
  const named = merged.some(({ sni }) => sni.includes('with'));
  for (const one of merged) {
    const read = await readOne(one, named, options);
    if (typeof read === 'string') notes.push(read);
    else certificates.push(read);
  }
  return { certificates, ...(notes.length > 0 && { note: notes.join(' ') }) };
}

interface MergedChain {
  readonly sni: PresentedChain['sni'];
  readonly versions: TlsVersion[];
  readonly chain: readonly Buffer[];
  /** All that came with it; a server may staple only from the second connection on. */
  readonly raw: RawChain[];
}

function mergeSame(chains: readonly RawChain[]): MergedChain[] {
  const merged = new Map<string, MergedChain>();
  for (const raw of chains) {
    const key = raw.chain.map((der) => der.toString('latin1')).join('|');
    const same = merged.get(key) ?? { sni: [], versions: [], chain: raw.chain, raw: [] };
    merged.set(key, same);
    if (!same.sni.includes(raw.sni)) same.sni.push(raw.sni);
    if (!same.versions.includes(raw.version)) same.versions.push(raw.version);
    same.raw.push(raw);
  }
  return [...merged.values()];
}

async function readOne(
  { chain, raw, sni, versions }: MergedChain,
  named: boolean,
  { fetch, host, now, roots }: ReadChainsOptions,
): Promise<PresentedChain | string> {
  const ders = chain.slice(0, maxChainLength);
  const reads = ders.map(readCertificate);
  const [first] = reads;
  if (first?.kind !== 'certificate') {
    return `The server's certificate (${sni.join(' and ')} SNI) cannot be read: ${first?.why ?? 'none was sent'}.`;
  }
  const leaf = first.certificate;
  const readable = reads.flatMap((read): X509[] =>
    read.kind === 'certificate' ? [read.certificate] : [],
  );
  const issuer = issuerOf(leaf, readable, roots);
  const { ordered, notes } = judgeOrder(reads);
  const longer = chain.length - ders.length;
  const { answer, staple } = judgeStaple(raw, { certificate: leaf, issuer }, now);
  const scts = raw.flatMap((one) => (one.scts ? [countScts(one.scts) ?? 0] : []));
  return {
    sni,
    versions,
    chain: reads.map((read, at) => describeCertificate(ders[at] as Buffer, read)),
    ordered,
    notes: [
      ...notes,
      ...endingSoon(readable.slice(1), now),
      ...(longer > 0 ? [`${longer} more certificates were not looked at.`] : []),
    ],
    ...judgeTrust(readable, roots, now, chain.length - readable.length),
    daysLeft: daysUntil(leaf.notAfter, now),
    validity: judgeValidity(leaf, now),
    hostname:
      named && !sni.includes('with')
        ? {
            value: 'not-applicable',
            reason: 'Only clients that send no name get this certificate.',
          }
        : matchHost(leaf, host),
    revocation: await judgeRevocation(
      { certificate: leaf, issuer },
      { staple: answer, fetch, now },
    ),
    staple,
    scts: {
      certificate: leaf.extensions.scts ?? 0,
      tls: Math.max(0, ...scts),
      ocsp: answer?.kind === 'verified' ? answer.scts : 0,
    },
  };
}

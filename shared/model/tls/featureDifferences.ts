import type { ScanDifference } from './fleet';
import type { ScanResult } from './result';
import type { Finding, TlsFeatures } from './scan';

type Direction = 'better' | 'worse' | 'changed';
type Feature = Exclude<keyof TlsFeatures, 'clientCertificate' | 'sni' | 'alpn'>;

/** What it is called, and what it means that it came. */
const features: Readonly<Record<Feature, readonly [name: string, came: Direction]>> = {
  sessionTickets: ['Session tickets', 'changed'],
  sessionIdResumption: ['Resumption by session id', 'changed'],
  ticketResumption: ['Resumption by ticket', 'changed'],
  earlyData: ['0-RTT', 'worse'],
  extendedMasterSecret: ['The extended master secret', 'better'],
  encryptThenMac: ['Encrypt-then-MAC', 'better'],
  secureRenegotiation: ['Secure renegotiation', 'better'],
  clientRenegotiation: ['Renegotiation by the client', 'worse'],
  compression: ['Compression', 'worse'],
  fallbackScsv: ['The refusal of fallbacks (TLS_FALLBACK_SCSV)', 'better'],
  ocspStaple: ['The OCSP staple', 'better'],
  heartbeat: ['Heartbeat', 'changed'],
  greaseTolerance: ['Tolerance of unknown values', 'better'],
};

/** Features and HTTP headers that came or went between two scans. */
export function featureDifferences(before: ScanResult, after: ScanResult): ScanDifference[] {
  const found: ScanDifference[] = [];
  for (const [id, [name, came]] of Object.entries(features) as [
    Feature,
    readonly [string, Direction],
  ][]) {
    found.push(...turned('feature', name, came, before.features?.[id], after.features?.[id]));
  }
  const [was, is] = [
    before.features?.clientCertificate.value,
    after.features?.clientCertificate.value,
  ];
  if (was && is && was !== is && was !== 'unknown' && is !== 'unknown') {
    const what = `Client certificates: ${is.replaceAll('-', ' ')}, before ${was.replaceAll('-', ' ')}.`;
    found.push({ about: 'feature', direction: 'changed', what, before: was, after: is });
  }
  found.push(
    ...turned('http', 'HSTS', 'better', before.http?.hsts, after.http?.hsts),
    ...turned(
      'http',
      'The redirect from port 80',
      'better',
      before.http?.redirect,
      after.http?.redirect,
    ),
  );
  return found;
}

const opposite = { better: 'worse', worse: 'better', changed: 'changed' } as const;

function turned(
  about: string,
  name: string,
  came: Direction,
  before: Finding | undefined,
  after: Finding | undefined,
): ScanDifference[] {
  const [was, is] = [before?.value ?? 'unknown', after?.value ?? 'unknown'];
  if (was === is || was === 'unknown' || is === 'unknown') return [];
  const what = is === 'yes' ? `${name} is there now.` : `${name} is gone.`;
  return [{ about, direction: is === 'yes' ? came : opposite[came], what, before: was, after: is }];
}

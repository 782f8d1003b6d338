import { versionName } from '../../../shared/model/tls/offers';
import { tlsVersions, type Finding, type ProtocolResult } from '../../../shared/model/tls/scan';
import { describeFailure } from '../handshake';
import type { Dialer } from '../net/types';
import { buildClientHello, type HelloOptions } from '../wire/clientHello';
import { extensionType, type Extension } from '../wire/extensions';
import { readServerFlight, type Flight } from '../wire/serverFlight';
import { seen, unknown } from './finding';

/** The client may send heartbeats, and takes none (RFC 6520 section 2: peer_not_allowed_to_send). */
export const heartbeat: Extension = { type: extensionType.heartbeat, data: Uint8Array.of(2) };

export type HelloAnswer = Flight | { readonly kind: 'not-open'; readonly why: string };

/** One connection for one hello and the first answer to it. */
export async function sayHello(dialer: Dialer, hello: HelloOptions | Buffer): Promise<HelloAnswer> {
  const opened = await dialer.open();
  if (opened.kind !== 'open') return { kind: 'not-open', why: opened.why };
  opened.connection.write(Buffer.isBuffer(hello) ? hello : buildClientHello(hello));
  const flight = await readServerFlight(opened.connection, { until: 'hello' });
  opened.connection.close();
  dialer.signal.throwIfAborted();
  return flight;
}

/** Why a hello brought no ServerHello, in a sentence. */
export function whyNoHello(answer: Exclude<HelloAnswer, { kind: 'hello' }>): string {
  return answer.kind === 'not-open' ? answer.why : describeFailure(answer);
}

/** Groups and algorithms that nearly every server can choose from. */
export const commonGroups = [29, 23, 24, 25];
export const commonSignatures = [
  0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0603, 0x0806, 0x0601, 0x0203, 0x0201, 0x0402,
  0x0202,
];

const older = ['TLS1.2', 'TLS1.1', 'TLS1.0'] as const;
const deflate = 1;
const cbc = /_CBC_/;

export type AskedFeatures = Record<'encryptThenMac' | 'compression' | 'heartbeat', Finding>;

/** Asks in one hello up to TLS 1.2 for what the ServerHello grants: CBC suites, so that all can be granted. */
export async function askInHello(
  dialer: Dialer,
  protocols: readonly ProtocolResult[],
): Promise<AskedFeatures> {
  const protocol = older
    .map((version) => protocols.find((one) => one.version === version && one.offered === 'yes'))
    .find((one) => one && one.suites.length > 0);
  const version = older.find((one) => one === protocol?.version);
  if (!protocol || !version) {
    return all(
      isOnlyTls13(protocols)
        ? seen(false, 'Only TLS 1.3 is offered, which does not have it.')
        : unknown('No version of TLS 1.0 to 1.2 is known to ask in.'),
    );
  }
  const cbcSuites = protocol.suites.filter(({ name }) => cbc.test(name));
  const asked = cbcSuites.length > 0 ? cbcSuites : protocol.suites;
  const answer = await sayHello(dialer, {
    version,
    suites: asked.map(({ id }) => Number(id)),
    sni: dialer.target.sni,
    groups: commonGroups,
    ...(version === 'TLS1.2' && { signatureAlgorithms: commonSignatures }),
    compression: [deflate, 0],
    extensions: [
      heartbeat,
      { type: extensionType.encryptThenMac, data: Buffer.alloc(0) },
      { type: extensionType.renegotiationInfo, data: Uint8Array.of(0) },
    ],
  });
  if (answer.kind !== 'hello') return all(unknown(whyNoHello(answer)));
  const { extensions, compression } = answer.hello;
  const granted = (type: number) => seen(extensions.has(type));
  const noCbc = protocol.suitesComplete
    ? seen(false, `${versionName(version)} has no CBC suites, for which alone it is.`)
    : unknown('No CBC suite is known to ask with.');
  return {
    encryptThenMac: cbcSuites.length > 0 ? granted(extensionType.encryptThenMac) : noCbc,
    compression: seen(compression !== 0),
    heartbeat: granted(extensionType.heartbeat),
  };
}

function all(finding: Finding): AskedFeatures {
  return { encryptThenMac: finding, compression: finding, heartbeat: finding };
}

/** Whether TLS 1.3 is all there is, surely. */
export function isOnlyTls13(protocols: readonly ProtocolResult[]): boolean {
  return tlsVersions.every(
    (version) =>
      protocols.find((one) => one.version === version)?.offered ===
      (version === 'TLS1.3' ? 'yes' : 'no'),
  );
}

const fallbackScsv = 0x5600;
const inappropriateFallback = 86;

/** Says with the second-newest version that it is a fallback (RFC 7507): a server that knows it refuses. */
export async function probeFallbackScsv(
  dialer: Dialer,
  protocols: readonly ProtocolResult[],
): Promise<Finding> {
  // SSLv2 has a hello of its own, without such a suite.
  const versions = tlsVersions.slice(1);
  const of = (version: string) => protocols.find((one) => one.version === version);
  const offered = versions.filter((version) => of(version)?.offered === 'yes');
  const second = offered.at(-2);
  if (!second || second === 'SSLv2') {
    return versions.some((version) => (of(version)?.offered ?? 'unknown') === 'unknown')
      ? unknown('Only one version is known to be offered.')
      : seen(false, 'Only one version is offered: there is nothing to fall back to.');
  }
  const suites = of(second)?.suites.map(({ id }) => Number(id)) ?? [];
  if (suites.length === 0)
    return unknown(`No suite of ${versionName(second)} is known to ask with.`);
  const answer = await sayHello(dialer, {
    version: second,
    suites: [...suites, fallbackScsv],
    sni: dialer.target.sni,
    groups: commonGroups,
    ...(second === 'TLS1.2' && { signatureAlgorithms: commonSignatures }),
  });
  if (answer.kind === 'hello')
    return seen(false, `A fallback to ${versionName(second)} was accepted.`);
  if (answer.kind === 'alert' && answer.description === inappropriateFallback) {
    return seen(true, `A fallback to ${versionName(second)} was refused.`);
  }
  return unknown(whyNoHello(answer));
}

import { versionName } from '../../../shared/model/tls/offers';
import { createHash, randomBytes } from 'node:crypto';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import { Writer } from '../wire/bytes';
import { clientHelloMessage } from '../wire/clientHello';
import * as extension from '../wire/extensions';
import { extensionType, type Extension } from '../wire/extensions';
import { versionCode } from '../wire/versions';
import { createShare, ellipticGroups, exchangeGroups, type Share } from './crypto/exchange';
import { earlySecret, deriveSecret, finishedMac, hashLength } from './crypto/keySchedule';
import { signatureSchemes } from './crypto/signature';
import { cannot } from './failure';
import { offeredSuites, suiteOf } from './suites';
import type { Transcript } from './transcript';
import type { HandshakeOptions, Resumption } from './types';

/** A hello that was built, and what belongs to it. */
export interface ClientHello {
  readonly message: Buffer;
  /** 0x0301 to 0x0304, best first. */
  readonly versions: readonly number[];
  readonly random: Buffer;
  readonly sessionId: Buffer;
  readonly groups: readonly number[];
  readonly shares: readonly Share[];
}

/** What a hello has beside the caller's options. */
export interface HelloContext {
  readonly sni: string | null;
  /** Earlier messages, for the binder: the first hello and the HelloRetryRequest. */
  readonly transcript: Transcript;
  /** The first hello, with what the HelloRetryRequest asked for. */
  readonly retry?: {
    readonly hello: ClientHello;
    readonly group: number | null;
    readonly cookie: Buffer | null;
  };
  /** The client's last verify_data, in a renegotiation; none is sent where null. */
  readonly renegotiation?: Buffer | null;
}

/** Versions that this client speaks, best first. */
export const spokenVersions: readonly TlsVersion[] = ['TLS1.3', 'TLS1.2', 'TLS1.1', 'TLS1.0'];

/**
 * The hello that the options ask for, as a handshake message.
 * @throws Ended with `cannot` for a version or a group that this client does not speak
 */
export function buildHello(options: HandshakeOptions, context: HelloContext): ClientHello {
  const { resume } = options;
  const wanted = options.version ? [options.version] : spokenVersions;
  if (!wanted.every((version) => spokenVersions.includes(version))) {
    throw cannot(`This scanner finishes no handshake in ${wanted.map(versionName).join(', ')}.`);
  }
  const versions = wanted.map((version) => versionCode[version]);
  const modern = versions.includes(0x0304);
  const groups = options.groups ?? (modern ? exchangeGroups : ellipticGroups);
  const previous = context.retry?.hello;
  const shares = modern ? sharesFor(groups, context) : [];
  const random = previous?.random ?? randomBytes(32);
  const sessionId = previous?.sessionId ?? sessionIdFor(modern, resume);
  const psk = modern && resume?.kind === 'psk' ? resume : null;

  const extensions = [
    ...(modern ? modernExtensions(versions, shares, context) : []),
    ...(versions.some((version) => version < 0x0304) ? olderExtensions(options, context) : []),
    extension.statusRequest(),
    extension.signedCertificateTimestamp(),
    ...(options.extensions ?? []),
  ];
  if (psk) {
    // Early data goes with the first hello only (RFC 8446 section 4.1.2).
    if (options.earlyData && !previous) {
      extensions.push({ type: extensionType.earlyData, data: Buffer.alloc(0) });
    }
    extensions.push(preSharedKey(psk));
  }
  const message = clientHelloMessage({
    version: versions[0] === 0x0304 ? 'TLS1.2' : (wanted[0] as 'TLS1.2'),
    suites: options.suites ?? offeredSuites(versions),
    sni: context.sni,
    groups,
    // An extension of TLS 1.2.
    signatureAlgorithms:
      (versions[0] ?? 0) < 0x0303 ? [] : (options.signatureAlgorithms ?? signatureSchemes),
    ...(options.alpn && { alpn: options.alpn }),
    ...(options.compression && { compression: options.compression }),
    extensions,
    sessionId,
    random,
  });
  if (psk) fillBinder(message, psk, context.transcript);
  return { message, versions, random, sessionId, groups, shares };
}

/** Shares of two groups spare a round trip with nearly every server. */
const firstShares = 2;

function sharesFor(groups: readonly number[], { retry }: HelloContext): readonly Share[] {
  if (retry && retry.group === null) return retry.hello.shares;
  const known = groups.filter((group) => exchangeGroups.includes(group));
  const wanted = retry ? [retry.group ?? 0] : known.slice(0, firstShares);
  return wanted.map((group) => {
    const share = createShare(group);
    if (!share) throw cannot(`This scanner does not know the group 0x${group.toString(16)}.`);
    return share;
  });
}

function sessionIdFor(modern: boolean, resume: Resumption | undefined): Buffer {
  if (resume?.kind === 'session-id') return resume.identity;
  // Middleboxes want one (RFC 8446 appendix D.4); a ticket's resumption shows by its echo (RFC 5077 3.4).
  return modern || resume?.kind === 'ticket' ? randomBytes(32) : Buffer.alloc(0);
}

function modernExtensions(
  versions: readonly number[],
  shares: readonly Share[],
  { retry }: HelloContext,
): Extension[] {
  const cookie = retry?.cookie;
  return [
    extension.supportedVersions(versions),
    extension.pskKeyExchangeModes(),
    extension.keyShare(shares.map((share) => ({ group: share.group, key: share.public }))),
    ...(cookie ? [{ type: extensionType.cookie, data: cookie }] : []),
  ];
}

function olderExtensions(
  { offerTicket = true, offerEncryptThenMac = true, resume }: HandshakeOptions,
  { renegotiation = Buffer.alloc(0) }: HelloContext,
): Extension[] {
  const none = Buffer.alloc(0);
  const ticket = resume?.kind === 'ticket' ? resume.identity : none;
  const verified = renegotiation && new Writer().vector8(renegotiation).build();
  return [
    { type: extensionType.extendedMasterSecret, data: none },
    ...(offerEncryptThenMac ? [{ type: extensionType.encryptThenMac, data: none }] : []),
    ...(offerTicket ? [{ type: extensionType.sessionTicket, data: ticket }] : []),
    ...(verified ? [{ type: extensionType.renegotiationInfo, data: verified }] : []),
  ];
}

type Psk = Extract<Resumption, { kind: 'psk' }>;

/** The extension with a binder of zeros (RFC 8446 section 4.2.11). */
function preSharedKey(psk: Psk): Extension {
  const age = Math.round(performance.now() - psk.receivedAt);
  const identity = new Writer()
    .vector16(psk.identity)
    .u32((age + psk.ageAdd) % 2 ** 32)
    .build();
  const binder = new Writer().vector8(Buffer.alloc(hashLength(hashOf(psk)))).build();
  const data = new Writer().vector16(identity).vector16(binder).build();
  return { type: extensionType.preSharedKey, data };
}

/** Puts the binder, which is over the message without the list of binders, at its end. */
function fillBinder(message: Buffer, psk: Psk, transcript: Transcript): void {
  const hash = hashOf(psk);
  const length = hashLength(hash);
  const truncated = message.subarray(0, message.length - length - 3);
  const early = earlySecret(hash, psk.key);
  const key = deriveSecret(hash, early, 'res binder', createHash(hash).digest());
  finishedMac(hash, key, transcript.hash(hash, truncated)).copy(message, message.length - length);
}

function hashOf(psk: Psk): 'sha256' | 'sha384' {
  return suiteOf(psk.suite)?.hash ?? 'sha256';
}

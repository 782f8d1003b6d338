import { suiteInfo, suites } from '../../../shared/model/tls/registry';
import type { ProtocolResult, TlsVersion } from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';
import { buildClientHello, type HelloOptions } from '../wire/clientHello';
import { extensionType, signedCertificateTimestamp, statusRequest } from '../wire/extensions';
import { readServerFlight, type Flight } from '../wire/serverFlight';
import { answerOfFailure, noConnection, type AskForChain, type ChainAnswer } from './chainAnswer';
import { allSchemesForCertificates, schemesOf, type KeyFamily } from './keyFamilies';

/** The kinds of certificates that a version's suites can ask for; all where its suites are not known. */
export function clearFamilies({ suites: accepted }: ProtocolResult): (readonly KeyFamily[])[] {
  const present = new Set(accepted.map(({ id }) => suiteInfo(id)?.authentication));
  return Object.entries(byAuthentication)
    .filter(([authentication]) => accepted.length === 0 || present.has(authentication as Signer))
    .map(([, families]) => families);
}

/** Asks up to TLS 1.2, where the server's flight is in clear: its Certificate, CertificateStatus and extensions. */
export function askInClear(
  dialer: Dialer,
  version: Exclude<TlsVersion, 'SSLv2' | 'TLS1.3'>,
  protocol: ProtocolResult,
): AskForChain {
  return async (families, sni) => {
    const opened = await dialer.open();
    if (opened.kind !== 'open') return noConnection(opened.why);
    const { connection } = opened;
    const known = { version, suites: suitesFor(protocol, families) };
    connection.write(buildClientHello({ ...known, ...extensionsFor(version, families, sni) }));
    const flight = await readServerFlight(connection, { until: 'done' });
    connection.close();
    return answerOf(flight, sni);
  };
}

type Signer = 'ECDSA' | 'RSA' | 'DSS';

/** The suites of a signer serve several kinds of keys (RFC 8422, 5.10; RFC 8446, 4.2.3). */
const byAuthentication: Readonly<Record<Signer, readonly KeyFamily[]>> = {
  ECDSA: ['ECDSA', 'EdDSA'],
  RSA: ['RSA', 'RSA-PSS'],
  DSS: ['DSS'],
};

/** Some servers give up on a longer list. */
const maxSuites = 120;

function suitesFor({ suites: accepted }: ProtocolResult, families: readonly KeyFamily[]): number[] {
  const candidates =
    accepted.length > 0
      ? accepted.map(({ id }) => Number(id))
      : suites.filter(({ cipher }) => likelyCiphers.has(cipher)).map(({ id }) => id);
  return candidates
    .filter((id) => {
      const signer = suiteInfo(id)?.authentication as Signer | undefined;
      return signer && byAuthentication[signer]?.some((family) => families.includes(family));
    })
    .slice(0, maxSuites);
}

const likelyCiphers = new Set(['AES', 'CHACHA20', '3DES', 'RC4']);

/** Curves that a key may be on (some servers hold a certificate back else), and X25519 and X448 for the exchange. */
const groups = [29, 23, 24, 25, 30, 22, 26, 27, 28, 21, 19];

function extensionsFor(
  version: TlsVersion,
  families: readonly KeyFamily[],
  sni: string | null,
): Pick<HelloOptions, 'sni' | 'groups' | 'signatureAlgorithms' | 'extensions'> {
  if (version === 'SSLv3') return {};
  const asks = [statusRequest(), signedCertificateTimestamp()];
  if (version !== 'TLS1.2') return { sni, groups, extensions: asks };
  return {
    sni,
    groups,
    signatureAlgorithms: families.flatMap((family) => schemesOf[family]),
    extensions: [...asks, allSchemesForCertificates()],
  };
}

function answerOf(flight: Flight, sni: string | null): ChainAnswer {
  if (flight.kind !== 'hello') return answerOfFailure(flight);
  const { brokenOff = 'the server sent no certificate', hello, messages } = flight;
  const certificate = messages.find((message) => message.name === 'certificate');
  if (!certificate || certificate.chain.length === 0)
    return { kind: 'failed', again: true, why: `${brokenOff}.` };
  const status = messages.find((message) => message.name === 'certificateStatus');
  return {
    kind: 'chain',
    chain: {
      sni: sni === null ? 'without' : 'with',
      version: hello.version,
      chain: certificate.chain,
      staple: status?.ocsp,
      scts: hello.extensions.get(extensionType.signedCertificateTimestamp),
    },
  };
}

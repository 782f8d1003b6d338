import type { ProtocolResult, TlsVersion } from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';
import { askEncrypted } from './askEncrypted';
import { askInClear, clearFamilies } from './askInClear';
import { askSsl2 } from './askSsl2';
import type { AskForChain } from './chainAnswer';
import { familyOf, type KeyFamily } from './keyFamilies';
import type { CollectedChains, RawChain } from './rawChain';
import { readCertificate } from './x509';

/**
 * Reads every chain that a server presents, with and without SNI: under TLS 1.3 by a handshake of our
 * own, and under the best older version that it offers, where the chain is in clear. Kinds of
 * certificates are found by removal: all are asked for, then those not yet seen, until the server
 * refuses. A server with one certificate costs four connections. Rejects only where the dialer's
 * signal aborts; what could not be seen is in `missing`.
 */
export async function collectChains(
  dialer: Dialer,
  { protocols }: { readonly protocols: readonly ProtocolResult[] },
): Promise<CollectedChains> {
  const ways = waysOf(dialer, protocols);
  const nameless = ways.at(-1);
  if (!nameless) return { chains: [], missing: ['No version is known that the server offers.'] };
  const { sni } = dialer.target;
  const runs =
    sni === null
      ? ways.map((way) => collectByRemoval(way, null, dialer))
      : [
          ...ways.map((way) => collectByRemoval(way, sni, dialer)),
          // One way is enough to see what changes without a name: the one that costs less, in clear.
          collectByRemoval(nameless, null, dialer),
        ];
  const found = await Promise.all(runs);
  return {
    chains: found.flatMap(({ chains }) => chains),
    missing: [...new Set(found.flatMap(({ missing }) => missing))],
  };
}

/** A version in which to ask, and the kinds of certificates that it can tell apart. */
interface Way {
  readonly version: TlsVersion;
  readonly kinds: readonly (readonly KeyFamily[])[];
  readonly ask: AskForChain;
}

function waysOf(dialer: Dialer, protocols: readonly ProtocolResult[]): Way[] {
  const offered = new Map(
    protocols.filter(({ offered }) => offered === 'yes').map((one) => [one.version, one]),
  );
  const ways: Way[] = [];
  if (offered.has('TLS1.3')) {
    const kinds = (['ECDSA', 'EdDSA', 'ML-DSA', 'RSA-PSS', 'RSA'] as const).map((one) => [one]);
    ways.push({ version: 'TLS1.3', kinds, ask: askEncrypted(dialer) });
  }
  for (const version of ['TLS1.2', 'TLS1.1', 'TLS1.0', 'SSLv3'] as const) {
    const protocol = offered.get(version);
    if (!protocol) continue;
    ways.push({
      version,
      kinds: clearFamilies(protocol),
      ask: askInClear(dialer, version, protocol),
    });
    return ways;
  }
  if (ways.length === 0 && offered.has('SSLv2')) {
    ways.push({ version: 'SSLv2', kinds: [['RSA']], ask: askSsl2(dialer) });
  }
  return ways;
}

async function collectByRemoval(
  { ask, kinds, version }: Way,
  sni: string | null,
  dialer: Dialer,
): Promise<CollectedChains> {
  const chains: RawChain[] = [];
  const asked = `${version} ${sni === null ? 'without' : 'with'} SNI`;
  if (kinds.length === 0) {
    return {
      chains,
      missing: [`No suite that the server takes in ${version} shows a certificate.`],
    };
  }
  for (let left = kinds; left.length > 0;) {
    let answer = await ask(left.flat(), sni);
    if (answer.kind === 'failed' && answer.again) {
      dialer.slowDown();
      answer = await ask(left.flat(), sni);
    }
    if (answer.kind === 'failed') {
      const which = chains.length === 0 ? 'The certificates' : 'Further certificates';
      return { chains, missing: [`${which} in ${asked} are not known: ${answer.why}`] };
    }
    if (answer.kind === 'refused') {
      // To a client that does not send the name a server may well refuse; else it has to have one.
      const odd = chains.length === 0 && sni === dialer.target.sni;
      return {
        chains,
        missing: odd ? [`The server refused to send a certificate in ${asked}.`] : [],
      };
    }
    chains.push(answer.chain);
    const family = familyOfChain(answer.chain);
    const next = left.filter((kind) => !family || !kind.includes(family));
    // A server that sends a kind it was not asked for sends it whatever it is asked.
    if (!family || next.length === left.length) break;
    left = next;
  }
  return { chains, missing: [] };
}

function familyOfChain({ chain: [leaf] }: RawChain): KeyFamily | undefined {
  const read = leaf && readCertificate(leaf);
  return read?.kind === 'certificate' ? familyOf(read.certificate) : undefined;
}

import type { Certificate } from '../../../../shared/model/tls/certificate';
import type { Algorithm } from './component';

/** Cipher, hash, key exchange and authentication of a suite, from its name in the IANA registry. */
export function suiteAlgorithms(name: string): Algorithm[] {
  const [before, after] = name.replace(/^TLS_|^SSL_/, '').split('_WITH_');
  const found: Algorithm[] = [];
  const [kinds, cipher] = after === undefined ? ['', before ?? ''] : [before ?? '', after];
  for (const word of kinds.split('_').filter((one) => one !== 'EXPORT' && one !== '')) {
    found.push(exchange[word] ?? { name: word, properties: { primitive: 'unknown' } });
  }
  const [, bulk = '', hash] = /^(.*?)(?:_(SHA\d*|MD5|SM3))?$/.exec(cipher) ?? [];
  if (bulk !== '' && bulk !== 'NULL') found.push(bulkCipher(bulk));
  if (hash !== undefined) found.push(hashAlgorithm(hash));
  return found;
}

function bulkCipher(bulk: string): Algorithm {
  const name = bulk.replaceAll('_', '-');
  const mode = /GCM|CCM|CBC/.exec(bulk)?.[0].toLowerCase();
  const authenticated = mode === 'gcm' || mode === 'ccm' || bulk.startsWith('CHACHA20');
  const stream = bulk.startsWith('RC4');
  const bits = /^AES_(\d+)/.exec(bulk)?.[1];
  const quantum = { 128: 1, 192: 3, 256: 5 }[Number(bits)];
  return {
    name,
    properties: {
      primitive: authenticated ? 'ae' : stream ? 'stream-cipher' : 'block-cipher',
      ...(bits !== undefined && {
        parameterSetIdentifier: bits,
        classicalSecurityLevel: Number(bits),
      }),
      ...(mode !== undefined && { mode }),
      cryptoFunctions: ['encrypt', 'decrypt'],
      ...(quantum !== undefined && { nistQuantumSecurityLevel: quantum }),
    },
  };
}

function hashAlgorithm(hash: string): Algorithm {
  const name = hash === 'SHA' ? 'SHA-1' : hash.replace(/^SHA(\d)/, 'SHA-$1');
  return { name, properties: { primitive: 'hash', cryptoFunctions: ['digest'] } };
}

const broken = { nistQuantumSecurityLevel: 0 };
const exchange: Readonly<Record<string, Algorithm>> = {
  ECDHE: { name: 'ECDHE', properties: { primitive: 'key-agree', ...broken } },
  ECDH: { name: 'ECDH', properties: { primitive: 'key-agree', ...broken } },
  DHE: { name: 'DHE', properties: { primitive: 'key-agree', ...broken } },
  DH: { name: 'DH', properties: { primitive: 'key-agree', ...broken } },
  RSA: { name: 'RSA', properties: { primitive: 'pke', ...broken } },
  ECDSA: { name: 'ECDSA', properties: { primitive: 'signature', ...broken } },
  DSS: { name: 'DSA', properties: { primitive: 'signature', ...broken } },
};

/** A group of the key exchange: curves, finite fields, ML-KEM and what combines them. */
export function groupAlgorithm(name: string): Algorithm {
  const level = /MLKEM(\d+)/i.exec(name)?.[1];
  if (level === undefined) {
    const field = name.toLowerCase().startsWith('ffdhe');
    return {
      name,
      properties: { primitive: 'key-agree', ...(!field && { curve: name }), ...broken },
    };
  }
  const quantum = { 512: 1, 768: 3, 1024: 5 }[Number(level)];
  const alone = /^MLKEM\d+$/i.test(name);
  return {
    name,
    properties: {
      primitive: alone ? 'kem' : 'combiner',
      parameterSetIdentifier: level,
      ...(quantum !== undefined && { nistQuantumSecurityLevel: quantum }),
    },
  };
}

export function keyAlgorithm({ type, bits, curve }: Certificate['key']): Algorithm {
  const size = curve ?? bits;
  const quantum = { 'ML-DSA-44': 2, 'ML-DSA-65': 3, 'ML-DSA-87': 5 }[type];
  return {
    name: size === undefined ? type || 'unknown' : `${type}-${size}`,
    properties: {
      primitive: type === 'RSA' ? 'pke' : type === '' ? 'unknown' : 'signature',
      ...(curve !== undefined && { curve }),
      ...(bits !== undefined && { parameterSetIdentifier: `${bits}` }),
      ...(quantum !== undefined
        ? { nistQuantumSecurityLevel: quantum }
        : /^(RSA|EC|DSA|Ed)/.test(type) && broken),
    },
  };
}

export function signatureAlgorithm({ signatureAlgorithm: name }: Certificate): Algorithm {
  return { name, properties: { primitive: 'signature', cryptoFunctions: ['sign', 'verify'] } };
}

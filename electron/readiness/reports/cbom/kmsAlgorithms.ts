import type { KeyMetadata } from '../../../../shared/model/key';
import type { Algorithm, AlgorithmProperties } from './component';

/** What a KMS key of this spec, usage, origin and Region computes; undefined for a spec of later days. */
export function kmsAlgorithm(
  { keySpec, keyUsage, origin }: Pick<KeyMetadata, 'keySpec' | 'keyUsage' | 'origin'>,
  region: string,
): Algorithm | undefined {
  const china = region.startsWith('cn-');
  const found = keySpec === 'SYMMETRIC_DEFAULT' && china ? sm4 : specs[keySpec];
  if (!found) return undefined;
  const { name, primitive, ...rest } = found;
  const usage = usages[keyUsage];
  return {
    name,
    properties: {
      ...rest,
      // RSA and curves serve several ends: the usage says which.
      primitive: primitive ?? usage?.primitive ?? 'unknown',
      ...(keyUsage === 'ENCRYPT_DECRYPT' && keySpec.startsWith('RSA') && { padding: 'oaep' }),
      cryptoFunctions: usage?.functions ?? ['unknown'],
      ...placeOf(origin, china),
    },
  };
}

/** KMS computes in HSMs validated to FIPS 140-3 level 3, except in China and outside AWS. */
function placeOf(origin: string, china: boolean): Partial<AlgorithmProperties> {
  if (origin === 'EXTERNAL_KEY_STORE') return { executionEnvironment: 'unknown' };
  return {
    executionEnvironment: 'hardware',
    certificationLevel: [china ? 'unknown' : 'fips140-3-l3'],
  };
}

const usages: Readonly<Record<string, { primitive: string; functions: string[] }>> = {
  ENCRYPT_DECRYPT: { primitive: 'pke', functions: ['encrypt', 'decrypt'] },
  SIGN_VERIFY: { primitive: 'signature', functions: ['sign', 'verify'] },
  GENERATE_VERIFY_MAC: { primitive: 'mac', functions: ['tag', 'verify'] },
  KEY_AGREEMENT: { primitive: 'key-agree', functions: ['keyderive'] },
  ENCAPSULATE_DECAPSULATE: { primitive: 'kem', functions: ['encapsulate', 'decapsulate'] },
};

type Spec = Omit<AlgorithmProperties, 'primitive'> & {
  readonly name: string;
  readonly primitive?: string;
};

/** In China SYMMETRIC_DEFAULT is a 128-bit SM4 key (AWS KMS, key spec reference). */
const sm4: Spec = {
  name: 'SM4-128-GCM',
  primitive: 'ae',
  parameterSetIdentifier: '128',
  mode: 'gcm',
  classicalSecurityLevel: 128,
};

/** Strengths: NIST SP 800-57 part 1, table 2 (none for RSA 4096), FIPS 203 and 204. */
const specs: Readonly<Record<string, Spec>> = {
  SYMMETRIC_DEFAULT: {
    name: 'AES-256-GCM',
    primitive: 'ae',
    parameterSetIdentifier: '256',
    mode: 'gcm',
    classicalSecurityLevel: 256,
    nistQuantumSecurityLevel: 5,
  },
  RSA_2048: rsa(2048, 112),
  RSA_3072: rsa(3072, 128),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: curve('P-256', 128),
  ECC_NIST_P384: curve('P-384', 192),
  ECC_NIST_P521: curve('P-521', 256),
  ECC_NIST_EDWARDS25519: curve('Ed25519', 128),
  ECC_SECG_P256K1: curve('secp256k1', 128),
  SM2: curve('SM2', 128),
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
  ML_DSA_44: lattice('ML-DSA-44', 'signature', '44', 2),
  ML_DSA_65: lattice('ML-DSA-65', 'signature', '65', 3),
  ML_DSA_87: lattice('ML-DSA-87', 'signature', '87', 5),
  ML_KEM_512: lattice('ML-KEM-512', 'kem', '512', 1),
  ML_KEM_768: lattice('ML-KEM-768', 'kem', '768', 3),
  ML_KEM_1024: lattice('ML-KEM-1024', 'kem', '1024', 5),
};

function rsa(bits: number, classicalSecurityLevel?: number): Spec {
  return {
    name: `RSA-${bits}`,
    parameterSetIdentifier: `${bits}`,
    ...(classicalSecurityLevel !== undefined && { classicalSecurityLevel }),
    nistQuantumSecurityLevel: 0,
  };
}

function curve(name: string, classicalSecurityLevel: number): Spec {
  return { name: `EC-${name}`, curve: name, classicalSecurityLevel, nistQuantumSecurityLevel: 0 };
}

function hmac(bits: number): Spec {
  return {
    name: `HMAC-SHA-${bits}`,
    primitive: 'mac',
    parameterSetIdentifier: `${bits}`,
    classicalSecurityLevel: bits,
  };
}

function lattice(name: string, primitive: string, set: string, level: number): Spec {
  return { name, primitive, parameterSetIdentifier: set, nistQuantumSecurityLevel: level };
}

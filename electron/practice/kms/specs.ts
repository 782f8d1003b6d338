/** What AWS offers of each key spec: usages, algorithms, and how its material is made. */
export interface KeySpecInfo {
  readonly usages: readonly string[];
  readonly family: 'symmetric' | 'hmac' | 'rsa' | 'ecc' | 'ed25519' | 'ml-dsa' | 'ml-kem' | 'sm2';
  /** RSA modulus bits, HMAC key bytes. */
  readonly size: number;
  /** Algorithms by usage, in the order in which AWS lists them. */
  readonly algorithms: Readonly<Record<string, readonly string[]>>;
  /** Name of the curve in the crypto library. */
  readonly curve?: string;
}

const rsa = (size: number): KeySpecInfo => ({
  usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
  family: 'rsa',
  size,
  algorithms: {
    ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    SIGN_VERIFY: [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ],
  },
});

const ecc = (curve: string, size: number, algorithm: string, agreement: boolean): KeySpecInfo => ({
  usages: agreement ? ['SIGN_VERIFY', 'KEY_AGREEMENT'] : ['SIGN_VERIFY'],
  family: 'ecc',
  size,
  curve,
  algorithms: { SIGN_VERIFY: [algorithm], KEY_AGREEMENT: ['ECDH'] },
});

const hmac = (bits: number, bytes: number): KeySpecInfo => ({
  usages: ['GENERATE_VERIFY_MAC'],
  family: 'hmac',
  size: bytes,
  algorithms: { GENERATE_VERIFY_MAC: [`HMAC_SHA_${bits}`] },
});

const mlDsa: KeySpecInfo = {
  usages: ['SIGN_VERIFY'],
  family: 'ml-dsa',
  size: 0,
  algorithms: { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] },
};

const mlKem: KeySpecInfo = {
  usages: ['ENCAPSULATE_DECAPSULATE'],
  family: 'ml-kem',
  size: 0,
  algorithms: { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] },
};

/** In the order in which AWS's error texts list them. */
export const keySpecs: Readonly<Record<string, KeySpecInfo>> = {
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
  ECC_NIST_P256: ecc('prime256v1', 256, 'ECDSA_SHA_256', true),
  ECC_NIST_P384: ecc('secp384r1', 384, 'ECDSA_SHA_384', true),
  ECC_NIST_P521: ecc('secp521r1', 521, 'ECDSA_SHA_512', true),
  ECC_SECG_P256K1: ecc('secp256k1', 256, 'ECDSA_SHA_256', false),
  ECC_NIST_EDWARDS25519: {
    usages: ['SIGN_VERIFY'],
    family: 'ed25519',
    size: 255,
    algorithms: { SIGN_VERIFY: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'] },
  },
  SYMMETRIC_DEFAULT: {
    usages: ['ENCRYPT_DECRYPT'],
    family: 'symmetric',
    size: 32,
    algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
  },
  HMAC_224: hmac(224, 28),
  HMAC_256: hmac(256, 32),
  HMAC_384: hmac(384, 48),
  HMAC_512: hmac(512, 64),
  SM2: {
    usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'KEY_AGREEMENT'],
    family: 'sm2',
    size: 256,
    algorithms: {
      ENCRYPT_DECRYPT: ['SM2PKE'],
      SIGN_VERIFY: ['SM2DSA'],
      KEY_AGREEMENT: ['ECDH'],
    },
  },
  ML_DSA_44: mlDsa,
  ML_DSA_65: mlDsa,
  ML_DSA_87: mlDsa,
  ML_KEM_512: mlKem,
  ML_KEM_768: mlKem,
  ML_KEM_1024: mlKem,
};

export const keyUsages = [
  'ENCRYPT_DECRYPT',
  'SIGN_VERIFY',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
];

/** The spec of an existing key; every stored key has one of the table. */
export function specOf(key: { readonly keySpec: string }): KeySpecInfo {
  const spec = keySpecs[key.keySpec];
  if (!spec) throw new Error(`No key spec ${key.keySpec}`);
  return spec;
}

/** What a key can be used with: the algorithms of its spec for its usage. */
export function algorithmsOf(key: {
  readonly keySpec: string;
  readonly keyUsage: string;
}): readonly string[] {
  return specOf(key).algorithms[key.keyUsage] ?? [];
}

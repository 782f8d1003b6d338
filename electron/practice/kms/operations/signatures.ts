import { createHmac, timingSafeEqual } from 'node:crypto';
import type {
  GenerateMacRequest,
  GenerateMacResponse,
  SignRequest,
  SignResponse,
  VerifyMacRequest,
  VerifyMacResponse,
  VerifyRequest,
  VerifyResponse,
} from '@aws-sdk/client-kms';
import { AwsError, validationError } from '../../protocol/awsError';
import { blob, oneOf, optional, required, secretBlob } from '../../protocol/rules';
import { anyKey, operation, stopIfDryRun, type KmsContext } from '../context';
import { hashOf, schemeOf, type ToSign } from '../crypto/signing';
import { dryRun, grantTokens, keyId } from '../members';
import { keyArn, type KeyRecord } from '../model';
import { specOf } from '../specs';
import { checkGrantTokens, materialInUse, noteUse, requireAlgorithm, requireUsable } from '../use';

const signingAlgorithm = required(
  oneOf(
    [
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'ECDSA_SHA_256',
      'ECDSA_SHA_384',
      'ECDSA_SHA_512',
      'ED25519_SHA_512',
      'ED25519_PH_SHA_512',
      'SM2DSA',
      'ML_DSA_SHAKE_256',
    ],
    ['SYMMETRIC_DEFAULT'],
  ),
);
const macAlgorithm = required(
  oneOf(['HMAC_SHA_384', 'HMAC_SHA_256', 'HMAC_SHA_224', 'HMAC_SHA_512']),
);
const message = required(secretBlob(1, 4096));
const signMembers = {
  KeyId: keyId,
  Message: message,
  MessageType: optional(oneOf(['RAW', 'DIGEST', 'EXTERNAL_MU'])),
  GrantTokens: grantTokens,
  SigningAlgorithm: signingAlgorithm,
  DryRun: dryRun,
};
const macMembers = {
  Message: message,
  KeyId: keyId,
  MacAlgorithm: macAlgorithm,
  GrantTokens: grantTokens,
  DryRun: dryRun,
};

export const sign = operation<SignRequest, SignResponse>({
  name: 'Sign',
  members: signMembers,
  run(input, context) {
    const { key, scheme, toSign } = prepare(input, context);
    const signature = scheme.sign(toSign);
    noteUse(context, key);
    return {
      KeyId: keyArn(key),
      Signature: signature,
      SigningAlgorithm: input.SigningAlgorithm,
    };
  },
});

export const verify = operation<VerifyRequest, VerifyResponse>({
  name: 'Verify',
  members: { ...signMembers, Signature: required(blob(1, 6144)) },
  run(input, context) {
    const { key, scheme, toSign } = prepare(input, context);
    if (!scheme.verify(toSign, Buffer.from(input.Signature))) {
      throw new AwsError('KMSInvalidSignatureException');
    }
    noteUse(context, key);
    return {
      KeyId: keyArn(key),
      SignatureValid: true,
      SigningAlgorithm: input.SigningAlgorithm,
    };
  },
});

export const generateMac = operation<GenerateMacRequest, GenerateMacResponse>({
  name: 'GenerateMac',
  members: macMembers,
  run(input, context) {
    const { key, mac } = makeMac(input, context);
    return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: keyArn(key) };
  },
});

export const verifyMac = operation<VerifyMacRequest, VerifyMacResponse>({
  name: 'VerifyMac',
  members: { ...macMembers, Mac: required(blob(1, 6144)) },
  run(input, context) {
    const { key, mac } = makeMac(input, context);
    const given = Buffer.from(input.Mac);
    if (given.length !== mac.length || !timingSafeEqual(given, mac)) {
      throw new AwsError('KMSInvalidMacException');
    }
    return { KeyId: keyArn(key), MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
});

interface SigningInput {
  readonly KeyId: string;
  readonly Message: Uint8Array;
  readonly MessageType?: ToSign['type'] | undefined;
  readonly SigningAlgorithm: string;
  readonly GrantTokens?: string[] | undefined;
  readonly DryRun?: boolean | undefined;
}

/** The checks that Sign and Verify share, in AWS's order: usage, state, algorithm, type, length. */
function prepare(input: SigningInput, context: KmsContext) {
  const { SigningAlgorithm: algorithm, MessageType: type = 'RAW' } = input;
  checkGrantTokens(context, input);
  const key = anyKey(context, input.KeyId);
  requireUsable(context, key, 'SIGN_VERIFY');
  requireAlgorithm(key, algorithm);
  requireMessageType(key, algorithm, type);
  const bytes = Buffer.from(input.Message);
  if (type !== 'RAW' && bytes.length !== digestBytes(algorithm)) {
    throw validationError(`Digest is invalid length for algorithm ${algorithm}.`);
  }
  stopIfDryRun(input);
  const toSign: ToSign = { bytes, type };
  return { key, scheme: schemeOf(key, algorithm), toSign };
}

/** How long a digest is; the μ of ML-DSA has 64 bytes (FIPS 204, 6.2). */
function digestBytes(algorithm: string): number {
  return algorithm === 'ML_DSA_SHAKE_256' ? 64 : Number(hashOf(algorithm).slice(3)) / 8;
}

function requireMessageType(key: KeyRecord, algorithm: string, type: string): void {
  const { family } = specOf(key);
  if (family === 'ml-dsa' ? type === 'DIGEST' : type === 'EXTERNAL_MU') {
    throw validationError(`Message type ${type} is incompatible with key spec ${key.keySpec}.`);
  }
  const wanted = algorithm === 'ED25519_PH_SHA_512' ? 'DIGEST' : 'RAW';
  if (family === 'ed25519' && type !== wanted) {
    throw validationError(`Message type ${type} is incompatible with algorithm ${algorithm}.`);
  }
}

function makeMac(
  input: Omit<SigningInput, 'SigningAlgorithm'> & { readonly MacAlgorithm: string },
  context: KmsContext,
): { key: KeyRecord; mac: Buffer } {
  checkGrantTokens(context, input);
  const key = anyKey(context, input.KeyId);
  requireUsable(context, key, 'GENERATE_VERIFY_MAC');
  requireAlgorithm(key, input.MacAlgorithm);
  stopIfDryRun(input);
  const secret = Buffer.from(materialInUse(key).secret, 'base64');
  const mac = createHmac(hashOf(input.MacAlgorithm), secret).update(input.Message).digest();
  noteUse(context, key);
  return { key, mac };
}

import {
  blob,
  flag,
  integer,
  listOf,
  matching,
  oneOf,
  optional,
  required,
  stringMap,
  structure,
  text,
} from '../protocol/rules';
import { keySpecs, keyUsages } from './specs';

// The members that several operations share, with the constraints of AWS's API model.

/** A string of ASCII; empty is too short and no ASCII text at once. */
const keyIdRule = matching(1, 2048, '^\\p{ASCII}+$', /^[\0-\x7f]+$/);

export const keyId = required(keyIdRule);
export const optionalKeyId = optional(keyIdRule);
export const limit = optional(integer(1, 1000));
export const marker = optional(matching(1, 1024, '[\\u0020-\\u00FF]*', /^[\u0020-\u00ff]*$/));
export const grantTokens = optional(listOf(text(1, 8192), 10));
export const encryptionContext = optional(stringMap);
export const dryRun = optional(flag);
export const recipient = optional(
  structure({
    KeyEncryptionAlgorithm: optional(oneOf(['RSAES_OAEP_SHA_256'])),
    AttestationDocument: optional(blob(1, 262_144)),
  }),
);
export const encryptionAlgorithm = optional(
  oneOf(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE', 'SYMMETRIC_DEFAULT']),
);
export const keySpecRule = oneOf(Object.keys(keySpecs));
export const keyUsageRule = oneOf(keyUsages);
export const policyRule = matching(
  1,
  131_072,
  '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
  /^[\t\n\r\u0020-\u00ff]+$/,
);
export const policyName = optional(matching(1, 128, '[\\w]+'));
export const description = text(0, 8192);
export const aliasName = required(matching(1, 256, '^[a-zA-Z0-9:/_-]+$', /^[a-zA-Z0-9:/_-]+$/));
export const tagList = listOf(
  structure({ TagKey: required(text(1, 128)), TagValue: required(text(0, 256)) }),
);
export const principal = optional(matching(1, 256, '^[\\w+=,.@:/-]+$', /^[\w+=,.@:/-]+$/));
export const servicePrincipal = optional(
  matching(
    1,
    128,
    '^([A-Za-z0-9\\-]+)\\.([A-Za-z0-9\\-]+)(\\.[A-Za-z0-9\\-]+)+$',
    /^[A-Za-z0-9-]+\.[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
  ),
);
export const regionName = required(matching(1, 32, '^([a-z]+-){2,3}\\d+$', /^([a-z]+-){2,3}\d+$/));
export const dryRunModifiers = optional(listOf(oneOf(['IGNORE_CIPHERTEXT'])));

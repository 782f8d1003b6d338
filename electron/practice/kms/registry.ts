import type { Operation } from './context';
import { createAlias, deleteAlias, listAliases, updateAlias } from './operations/aliases';
import { createKey } from './operations/createKey';
import {
  connectCustomKeyStore,
  createCustomKeyStore,
  deleteCustomKeyStore,
  describeCustomKeyStores,
  disconnectCustomKeyStore,
  updateCustomKeyStore,
} from './operations/customKeyStores';
import {
  generateDataKey,
  generateDataKeyWithoutPlaintext,
  generateRandom,
} from './operations/dataKeys';
import {
  generateDataKeyPair,
  generateDataKeyPairWithoutPlaintext,
} from './operations/dataKeyPairs';
import { decrypt } from './operations/decrypt';
import { describeKey, listKeys, updateKeyDescription } from './operations/describeKey';
import { decapsulate, encapsulate } from './operations/encapsulation';
import { encrypt } from './operations/encrypt';
import { createGrant } from './operations/createGrant';
import { listGrants, listRetirableGrants, retireGrant, revokeGrant } from './operations/grants';
import {
  deleteImportedKeyMaterial,
  getParametersForImport,
  importKeyMaterial,
} from './operations/importMaterial';
import { cancelKeyDeletion, scheduleKeyDeletion } from './operations/keyDeletion';
import { disableKey, enableKey } from './operations/keySwitch';
import { getKeyLastUsage } from './operations/lastUsage';
import { replicateKey, updatePrimaryRegion } from './operations/multiRegion';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './operations/policies';
import { deriveSharedSecret, getPublicKey } from './operations/publicKeys';
import { reEncrypt } from './operations/reEncrypt';
import { listResourceTags, tagResource, untagResource } from './operations/resourceTags';
import {
  disableKeyRotation,
  enableKeyRotation,
  getKeyRotationStatus,
  listKeyRotations,
  rotateKeyOnDemand,
} from './operations/rotation';
import { generateMac, sign, verify, verifyMac } from './operations/signatures';

/** Every operation that the practice KMS answers, by name. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [
    createKey,
    describeKey,
    listKeys,
    updateKeyDescription,
    createAlias,
    updateAlias,
    deleteAlias,
    listAliases,
    tagResource,
    untagResource,
    listResourceTags,
    getKeyPolicy,
    putKeyPolicy,
    listKeyPolicies,
    encrypt,
    decrypt,
    reEncrypt,
    generateDataKey,
    generateDataKeyWithoutPlaintext,
    generateRandom,
    enableKeyRotation,
    disableKeyRotation,
    getKeyRotationStatus,
    listKeyRotations,
    rotateKeyOnDemand,
    enableKey,
    disableKey,
    scheduleKeyDeletion,
    cancelKeyDeletion,
    createGrant,
    listGrants,
    listRetirableGrants,
    revokeGrant,
    retireGrant,
    replicateKey,
    updatePrimaryRegion,
    getParametersForImport,
    importKeyMaterial,
    deleteImportedKeyMaterial,
    getPublicKey,
    sign,
    verify,
    generateMac,
    verifyMac,
    generateDataKeyPair,
    generateDataKeyPairWithoutPlaintext,
    deriveSharedSecret,
    encapsulate,
    decapsulate,
    getKeyLastUsage,
    connectCustomKeyStore,
    createCustomKeyStore,
    deleteCustomKeyStore,
    describeCustomKeyStores,
    disconnectCustomKeyStore,
    updateCustomKeyStore,
  ].map((one) => [one.name, one]),
);

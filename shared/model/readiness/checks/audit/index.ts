import type { Check } from '../../check';
import { alarmDecryptFailures } from './alarmDecryptFailures';
import { alarmKeyDeletion } from './alarmKeyDeletion';
import { alarmPolicyChanges } from './alarmPolicyChanges';
import { alarmThrottling } from './alarmThrottling';
import { digestDelivery } from './digestDelivery';
import { kmsNotExcluded } from './kmsNotExcluded';
import { logDelivery } from './logDelivery';
import { logEncryption } from './logEncryption';
import { logFileValidation } from './logFileValidation';
import { logGroup } from './logGroup';
import { logValidated } from './logValidated';
import { managementEvents } from './managementEvents';
import { trailCoversRegion } from './trailCoversRegion';
import { trailOn } from './trailOn';

export const auditChecks: readonly Check[] = [
  trailOn,
  trailCoversRegion,
  managementEvents,
  kmsNotExcluded,
  logFileValidation,
  logDelivery,
  digestDelivery,
  logValidated,
  logEncryption,
  logGroup,
  alarmKeyDeletion,
  alarmPolicyChanges,
  alarmDecryptFailures,
  alarmThrottling,
];

import type { Check } from '../../check';
import { hasAlias } from './hasAlias';
import { hasMaterial } from './hasMaterial';
import { materialLasts } from './materialLasts';
import { notDisabled } from './notDisabled';
import { notPendingDeletion } from './notPendingDeletion';
import { onDemandLimit } from './onDemandLimit';
import { policyNoLockOut } from './policyNoLockOut';
import { policyNotPublic } from './policyNotPublic';
import { rotationOn } from './rotationOn';
import { rotationOnTime } from './rotationOnTime';
import { rotationPeriod } from './rotationPeriod';
import { tagged } from './tagged';

export const keysChecks: readonly Check[] = [
  notPendingDeletion,
  policyNotPublic,
  hasMaterial,
  materialLasts,
  rotationOn,
  rotationPeriod,
  rotationOnTime,
  onDemandLimit,
  notDisabled,
  hasAlias,
  tagged,
  policyNoLockOut,
];

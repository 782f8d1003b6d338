import type { Check } from '../../check';
import { accessKeysYoung } from './accessKeysYoung';
import { aliasUsable } from './aliasUsable';
import { grantsFew } from './grantsFew';
import { grantsPassedOn } from './grantsPassedOn';
import { grantsToOthers } from './grantsToOthers';
import { hasAlias } from './hasAlias';
import { hasMaterial } from './hasMaterial';
import { iamNoDecryptOnAll } from './iamNoDecryptOnAll';
import { iamNoKeyAdministration } from './iamNoKeyAdministration';
import { materialLasts } from './materialLasts';
import { notDisabled } from './notDisabled';
import { notPendingDeletion } from './notPendingDeletion';
import { notUnused } from './notUnused';
import { onDemandLimit } from './onDemandLimit';
import { policyNoLockOut } from './policyNoLockOut';
import { policyNoWildcard } from './policyNoWildcard';
import { policyNotPublic } from './policyNotPublic';
import { policyOtherAccounts } from './policyOtherAccounts';
import { policySeparation } from './policySeparation';
import { rootMfa } from './rootMfa';
import { rootNoAccessKeys } from './rootNoAccessKeys';
import { rotationOn } from './rotationOn';
import { rotationOnTime } from './rotationOnTime';
import { rotationPeriod } from './rotationPeriod';
import { tagged } from './tagged';
import { usersMfa } from './usersMfa';

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
  notUnused,
  aliasUsable,
  hasAlias,
  tagged,
  policyNoLockOut,
  policyNoWildcard,
  policySeparation,
  policyOtherAccounts,
  grantsToOthers,
  grantsPassedOn,
  grantsFew,
  iamNoKeyAdministration,
  iamNoDecryptOnAll,
  rootMfa,
  rootNoAccessKeys,
  usersMfa,
  accessKeysYoung,
];

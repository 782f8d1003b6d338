import type { Check } from '../../check';
import { backupVaultsLocked } from './backupVaultsLocked';
import { backupVaultsOwnKey } from './backupVaultsOwnKey';
import { backupsCopiedElsewhere } from './backupsCopiedElsewhere';
import { backupsElsewhere } from './backupsElsewhere';
import { backupsRecent } from './backupsRecent';
import { databasesBackedUp } from './databasesBackedUp';
import { deletionWindow } from './deletionWindow';
import { drillFindings } from './drillFindings';
import { drillPassed } from './drillPassed';
import { drillRecent } from './drillRecent';
import { drillSigned } from './drillSigned';
import { materialEscrow } from './materialEscrow';
import { primaryHasReplica } from './primaryHasReplica';
import { recoveryDocumented } from './recoveryDocumented';
import { replicasAgree } from './replicasAgree';

export const recoveryChecks: readonly Check[] = [
  backupsElsewhere,
  materialEscrow,
  recoveryDocumented,
  databasesBackedUp,
  backupsRecent,
  backupsCopiedElsewhere,
  drillPassed,
  drillRecent,
  drillSigned,
  drillFindings,
  deletionWindow,
  primaryHasReplica,
  replicasAgree,
  backupVaultsLocked,
  backupVaultsOwnKey,
];

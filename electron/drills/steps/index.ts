import type { StepKind } from '../../../shared/model/drills/stepKinds';
import type { StepContext } from '../run/stepContext';
import { backupAccount } from './backupAccount';
import { breakGlass } from './breakGlass';
import { closeOut } from './closeOut';
import { deletionRehearsal } from './deletionRehearsal';
import { disableEnable } from './disableEnable';
import { importedMaterial } from './importedMaterial';
import { inventory } from './inventory';
import { massRestore } from './massRestore';
import { oldCiphertext } from './oldCiphertext';
import { prepare } from './prepare/index';
import { remove } from './remove';
import { replica } from './replica';
import { restoreObject } from './restoreObject';

/** What Claviger does by itself in each kind of step; nothing where people do it. */
export const automaticSteps: Readonly<
  Partial<Record<StepKind, (ctx: StepContext) => Promise<void>>>
> = {
  prepare,
  inventory,
  'break-glass': breakGlass,
  'old-ciphertext': oldCiphertext,
  replica,
  'backup-account': backupAccount,
  'disable-enable': disableEnable,
  'deletion-rehearsal': deletionRehearsal,
  'imported-material': importedMaterial,
  'restore-object': restoreObject,
  'mass-restore': massRestore,
  remove,
  'close-out': closeOut,
};

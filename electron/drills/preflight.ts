import { DecryptCommand, type DecryptRequest } from '@aws-sdk/client-kms';
import { AppError } from '../../shared/model/errors';
import type { Place, StepContext } from './run/stepContext';

interface Preflight {
  readonly what: string;
  readonly result: 'pass' | 'fail' | 'cannot-tell';
  readonly reason: string;
}

/**
 * Asks AWS whether the step's own identity may do what the step does, without doing it. KMS answers a
 * dry run that may go with DryRunOperationException; Decrypt needs no ciphertext for it.
 * Source: AWS KMS API reference, Decrypt, DryRun and DryRunModifiers.
 */
export async function preflight(ctx: StepContext): Promise<Preflight[]> {
  const { plan, step } = ctx;
  const { facts } = ctx.drill();
  const ordinary = facts['key ordinary'];
  const found: Preflight[] = [];
  const dryDecrypt = async (what: string, place: Place, key: string | undefined) => {
    if (key === undefined) {
      const reason = 'The drill’s key is not made yet.';
      found.push({ what, result: 'cannot-tell', reason });
      return;
    }
    found.push({ what, ...(await dryRun(ctx, place, key)) });
  };
  switch (step.kind) {
    case 'old-ciphertext':
    case 'disable-enable':
    case 'deletion-rehearsal':
      await dryDecrypt('Decrypt with the drill key', ctx.home, ordinary);
      break;
    case 'imported-material':
      await dryDecrypt('Decrypt with the imported key', ctx.home, facts['key imported']);
      break;
    case 'replica': {
      const region = plan.scope.replicaRegion ?? ctx.home.region;
      await dryDecrypt('Decrypt at the primary', ctx.home, facts['key multi-Region']);
      await dryDecrypt(`Decrypt in ${region}`, ctx.there(region), facts['key replica']);
      break;
    }
    case 'backup-account': {
      const backup = await ctx.identity(plan.identities.backup ?? '');
      await dryDecrypt('Decrypt from the backup account', ctx.as(backup), ordinary);
      break;
    }
    case 'break-glass':
    case 'prepare':
    case 'inventory':
    case 'restore-object':
    case 'mass-restore':
    case 'manual':
    case 'remove':
    case 'close-out':
      break;
  }
  return found;
}

async function dryRun(
  ctx: StepContext,
  place: Place,
  key: string,
): Promise<Pick<Preflight, 'result' | 'reason'>> {
  const input: DecryptRequest = {
    KeyId: key,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DryRun: true,
    DryRunModifiers: ['IGNORE_CIPHERTEXT'],
  };
  try {
    await ctx.look(place, new DecryptCommand(input));
    return { result: 'cannot-tell', reason: 'KMS answered the dry run as if it were none.' };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    if (error.detail['awsCode'] === 'DryRunOperationException') {
      return { result: 'pass', reason: `${place.caller.arn} may decrypt with ${key}.` };
    }
    const told = ['denied', 'wrong-state', 'not-found', 'unsupported'].includes(error.code);
    return { result: told ? 'fail' : 'cannot-tell', reason: error.message };
  }
}

import { randomBytes } from 'node:crypto';
import { DeleteImportedKeyMaterialCommand, DescribeKeyCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../../shared/model/errors';
import { combineShares } from '../people/shares';
import { sha256 } from '../digests';
import type { StepContext } from '../run/stepContext';
import { canaryNamed, openCanary } from './canary';
import { importMaterial, importParameters, type ImportParameters } from './importMaterial';
import { seeItFail } from './keyLost';

/** Deletes the drill's imported material and brings it back from the custodians' shares. */
export async function importedMaterial(ctx: StepContext): Promise<void> {
  const key = ctx.known('key imported');
  const canary = canaryNamed(ctx, 'imported');
  const custodians = ctx.drill().participants.filter(({ role }) => role === 'custodian');
  const shares = ctx.inputs.shares ?? [];
  const absent = custodians.find(({ person }) => !shares.some((one) => one.person === person));
  if (absent) {
    throw new AppError('bad-request', `${absent.name} has brought no share: nothing was deleted.`);
  }

  const lost = await ctx.now();
  if ((await stateOf(ctx, key)) !== 'PendingImport') {
    await ctx.change(
      {
        kind: 'delete-material',
        target: key,
        words: 'Delete the imported material of the drill’s key',
        undoWords: 'Import the custodians’ material again',
        lasting: false,
      },
      ctx.home,
      new DeleteImportedKeyMaterialCommand({ KeyId: key }),
    );
  }
  await seeItFail(ctx, canary, ['KMSInvalidStateException']);

  const parameters = await importParameters(ctx, key);
  if (await isTaken(ctx, parameters, randomBytes(32), 'Import other material, which must fail')) {
    await ctx.fail('Wrong material', 'AWS took material that the key never had.');
    return;
  }
  await ctx.pass('Wrong material', 'AWS refuses other material (IncorrectKeyMaterialException).');

  const material = combineShares(shares.map(({ share }) => share));
  const begun = await ctx.now();
  const taken = await isTaken(ctx, parameters, material, 'Import the custodians’ material');
  material.fill(0);
  if (!taken) {
    const wrongOnes = custodians.filter(({ person }) => {
      const share = shares.find((one) => one.person === person)?.share ?? Buffer.alloc(0);
      return sha256(share) !== ctx.drill().facts[`share ${person}`];
    });
    const whose = wrongOnes.map(({ name }) => name).join(' and ') || 'one of the custodians';
    await ctx.fail(
      'Custodians’ material',
      `AWS refuses the material that the shares give together (IncorrectKeyMaterialException): the share of ${whose} is not the one that was handed out. Fetch the right one and do this step again; the key cannot be used until then.`,
    );
    return;
  }
  await ctx.undone('delete-material', 'The custodians’ material was imported.');
  const { KeyMetadata } = await ctx.send(ctx.home, new DescribeKeyCommand({ KeyId: key }), {
    resource: key,
  });
  const expected = ctx.known('imported material');
  if (KeyMetadata?.CurrentKeyMaterialId !== expected) {
    await ctx.fail(
      'Key material id',
      `The key has the material ${KeyMetadata?.CurrentKeyMaterialId} now; it had ${expected}.`,
    );
    return;
  }
  await openCanary(ctx, ctx.home, canary);
  await ctx.measured('Import', begun);
  await ctx.measured('Recovery', lost);
  await ctx.pass(
    'Custodians’ material',
    `The shares of ${custodians.map(({ name }) => name).join(' and ')} gave the material ${expected} back, and the canary opens.`,
  );
}

async function stateOf(ctx: StepContext, key: string): Promise<string | undefined> {
  const { KeyMetadata } = await ctx.look(ctx.home, new DescribeKeyCommand({ KeyId: key }));
  return KeyMetadata?.KeyState;
}

/** Whether AWS takes material for the key; false where it is not what the key had. */
async function isTaken(
  ctx: StepContext,
  parameters: ImportParameters,
  material: Uint8Array,
  words: string,
): Promise<boolean> {
  try {
    await importMaterial(ctx, parameters, material, words);
    return true;
  } catch (error) {
    const code = error instanceof AppError ? error.detail['awsCode'] : undefined;
    if (code === 'IncorrectKeyMaterialException') return false;
    throw error;
  }
}

import { randomBytes } from 'node:crypto';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { AppError } from '../../../../shared/model/errors';
import type { StepContext } from '../../run/stepContext';
import { sealShare, splitMaterial } from '../../people/shares';
import { sha256 } from '../../digests';
import { keepCanary } from '../canary';
import { importMaterial, importParameters } from '../importMaterial';
import { createDrillKey } from './createKey';

/** AES-256: 32 bytes. */
const materialBytes = 32;

/**
 * A key with imported material that is split at once: each custodian's share is sealed so that only
 * they can open it, and nobody has the whole. What is on record are the hashes of the shares.
 */
export async function importedKey(ctx: StepContext, policy: string): Promise<void> {
  const custodians = ctx.drill().participants.filter(({ role }) => role === 'custodian');
  const recipients = custodians.map((one) => ({ ...one, pem: ctx.sealingKey(one.person) }));
  const keyless = recipients.find(({ pem }) => pem === undefined);
  if (keyless) {
    throw new AppError(
      'bad-request',
      `${keyless.name} has no key to which a share could be sealed: nothing was made.`,
    );
  }
  const key = await createDrillKey(ctx, 'imported', { Policy: policy, Origin: 'EXTERNAL' });
  const material = randomBytes(materialBytes);
  const shares = splitMaterial(material, recipients.length);
  for (const [index, { person, pem }] of recipients.entries()) {
    const share = shares[index] ?? Buffer.alloc(0);
    ctx.store.putShare(ctx.drill().id, person, sealShare(share, pem ?? ''));
    await ctx.fact(`share ${person}`, sha256(share));
    share.fill(0);
  }
  const parameters = await importParameters(ctx, key);
  await importMaterial(ctx, parameters, material, 'Import the material of the drill’s key');
  material.fill(0);
  const { KeyMetadata } = await ctx.send(ctx.home, new DescribeKeyCommand({ KeyId: key }), {
    resource: key,
  });
  await ctx.fact('imported material', KeyMetadata?.CurrentKeyMaterialId ?? '');
  await keepCanary(ctx, ctx.home, key, 'imported');
  await ctx.pass(
    'Imported key',
    `Imported material into ${key}; its ${recipients.length} shares are sealed to ${recipients.map(({ name }) => name).join(' and ')}.`,
  );
}

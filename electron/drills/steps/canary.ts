import { isCanaryOf, type Canary } from '../../../shared/model/envelope/canary';
import { AppError } from '../../../shared/model/errors';
import type { KeyRef } from '../../../shared/model/key';
import type { Place, StepContext } from '../run/stepContext';

/** Seals a canary for this drill; `name` is how later steps find it. */
export async function keepCanary(
  ctx: StepContext,
  place: Place,
  arn: string,
  name: string,
): Promise<void> {
  const key = { connection: place.caller.connection, region: place.region, keyId: arn };
  const note = `Recovery drill ${ctx.drill().id}, ${name} key`;
  const canary = await ctx.canaries(place.caller).make(key, note, ctx.signal);
  await ctx.fact(`canary ${name}`, canary.id);
}

/**
 * Opens a canary with KMS at a place, with its own key or another copy of it. What it held is gone at
 * once: its hash must be the one that was noted. Throws AppError. Gives the key material's id.
 */
export async function openCanary(
  ctx: StepContext,
  { caller, region }: Place,
  canary: Canary,
  keyArn = canary.keyArn,
): Promise<string | undefined> {
  const keys = [{ connection: caller.connection, region, keyId: keyArn }];
  const use = await ctx.canaries(caller).open(canary.id, { keys, signal: ctx.signal });
  return use.keyMaterialId;
}

/** The canary that an earlier step sealed. */
export function canaryNamed(ctx: StepContext, name: string): Canary {
  return ctx.canaries(ctx.home.caller).get(ctx.known(`canary ${name}`));
}

/** Shows that Decrypt of a canary is refused with one of AWS's error codes; gives which, if it was. */
export async function isRefused(
  ctx: StepContext,
  place: Place,
  canary: Canary,
  codes: readonly string[],
): Promise<string | undefined> {
  try {
    await openCanary(ctx, place, canary);
    return undefined;
  } catch (error) {
    const code = error instanceof AppError ? error.detail['awsCode'] : undefined;
    if (typeof code === 'string' && codes.includes(code)) return code;
    throw error;
  }
}

/** The canaries of a key, newest first. */
export function ofKey(ctx: StepContext, key: KeyRef): Canary[] {
  return ctx
    .canaries(ctx.home.caller)
    .list()
    .filter((canary) => isCanaryOf(canary, key));
}

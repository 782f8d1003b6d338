import { known, type Facet } from '../../../shared/model/facet';
import type { KeyDetail, KeyRef } from '../../../shared/model/key';
import { inventoryDifferences, type KeyFacts } from '../../../shared/model/drills/inventory';
import { AppError } from '../../../shared/model/errors';
import { canonicalJson, type JsonValue } from '../../canonicalJson';
import { sha256 } from '../digests';
import type { StepContext } from '../run/stepContext';

const file = 'inventory.json';

/** Reads the keys in scope and of the drill, and compares them with the drill before. */
export async function inventory(ctx: StepContext): Promise<void> {
  const { plan, store } = ctx;
  const { facts, previous } = ctx.drill();
  const own = Object.entries(facts).flatMap(([name, arn]): KeyRef[] => {
    if (!name.startsWith('key ')) return [];
    const [, , , region = '', , rest = ''] = arn.split(':');
    return [{ connection: plan.scope.connection, region, keyId: rest.replace('key/', '') }];
  });
  const refs = [...plan.scope.keys, ...own];
  if (refs.length === 0) {
    await ctx.cannotTell('Inventory', 'The plan has no key in its scope: choose some.');
    return;
  }
  const keys: KeyFacts[] = [];
  for (const ref of refs) {
    ctx.tell(`Reading ${ref.keyId} in ${ref.region}`);
    const detail = await read(ctx, ref);
    if (detail) keys.push(factsOf(detail, own.includes(ref)));
  }
  const text = canonicalJson({ asOf: await ctx.now(), keys } as unknown as JsonValue);
  await ctx.evidence(file, text);
  await ctx.pass('Inventory', `Read ${keys.length} keys; SHA-256 ${sha256(text)}.`);

  const before = previous && store.file(previous.drill, `evidence/${ctx.step.id}/${file}`);
  if (!before) {
    await ctx.pass('Difference', 'There is no drill before this one to compare with.');
    return;
  }
  const old = (JSON.parse(before.toString()) as { keys: KeyFacts[] }).keys;
  const differences = inventoryDifferences(old, keys);
  await ctx.evidence('differences.txt', `${differences.join('\n')}\n`);
  await ctx.pass(
    'Difference',
    differences.length === 0
      ? `Nothing has changed since the drill ${previous.drill}.`
      : `Since the drill ${previous.drill}: ${differences.slice(0, 10).join(' ')}${differences.length > 10 ? ` And ${differences.length - 10} more.` : ''}`,
  );
}

/** One key with every call on record; a call that fails is named, and keeps the step from passing. */
async function read(ctx: StepContext, ref: KeyRef): Promise<KeyDetail | undefined> {
  let detail: KeyDetail;
  try {
    detail = await ctx.neighbours.keyDetail(ref, { signal: ctx.signal, progress: () => {} });
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    await ctx.cannotTell('Inventory', `${ref.keyId} could not be read: ${error.message}`);
    return undefined;
  }
  for (const { operation, requestId, asOf, json } of detail.evidence) {
    ctx.write({
      kind: 'call',
      at: asOf,
      step: ctx.step.id,
      call: {
        id: `${ctx.step.id} ${ref.keyId} ${ref.region} ${operation} ${requestId ?? asOf}`,
        operation,
        connection: ref.connection,
        region: ref.region,
        account: ctx.home.caller.account,
        principal: ctx.home.caller.arn,
        resource: detail.row.arn,
        sentAt: asOf,
        answeredAt: asOf,
        outcome: 'ok',
        outputSha256: sha256(json),
        ...(requestId !== undefined && { requestId }),
      },
    });
  }
  const { row, materials, policyText, grantList } = detail;
  const parts = [
    row.metadata,
    row.tags,
    row.aliases,
    row.rotation,
    materials,
    policyText,
    grantList,
  ];
  for (const part of parts as Facet<unknown>[]) {
    if (part.status !== 'cannot-tell') continue;
    await ctx.cannotTell('Inventory', `${row.keyId}: ${part.error.message}`);
  }
  return detail;
}

function factsOf(
  { row, materials, policyText, grantList }: KeyDetail,
  drillKey: boolean,
): KeyFacts {
  const metadata = known(row.metadata);
  const rotation = known(row.rotation);
  const policy = known(policyText);
  const tags = known(row.tags);
  return {
    arn: row.arn,
    drillKey,
    state: metadata?.keyState ?? 'unknown',
    origin: metadata?.origin ?? 'unknown',
    rotation:
      rotation === undefined
        ? 'unknown'
        : rotation.enabled
          ? `every ${rotation.periodDays ?? 365} days`
          : 'off',
    materials: orNull(
      known(materials)?.map(({ keyMaterialId = '', state = '' }) => `${keyMaterialId} ${state}`),
    ),
    policySha256: policy === undefined ? 'unknown' : sha256(policy),
    grants: orNull(
      known(grantList)?.map(
        ({ grantId, granteePrincipal = '', operations }) =>
          `${grantId} ${granteePrincipal} ${operations.join(',')}`,
      ),
    ),
    aliases: orNull(known(row.aliases)),
    tags:
      tags === undefined ? null : Object.entries(tags).map(([name, value]) => `${name}=${value}`),
  };
}

/** What was not read is kept as such: JSON has no `undefined`. */
function orNull<T>(list: readonly T[] | undefined): readonly T[] | null {
  return list ?? null;
}

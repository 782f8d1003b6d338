import type { Connection } from '../../../shared/contract/accounts';
import {
  inRegion,
  isMultiRegion,
  isSameKey,
  parseKeyArn,
  type KeyArn,
} from '../../../shared/model/envelope/keyArn';
import { AppError } from '../../../shared/model/errors';
import type { KeyRef } from '../../../shared/model/key';
import { partitionOf, regionsOf } from '../../aws/regions';
import type { Connections, Target } from '../../aws/types';
import type { SealedDataKey } from './types';

/** One attempt at opening a data key: where, and with which key. */
export interface OpeningTarget extends Target {
  /** KMS finds the key by the data key itself where absent. */
  readonly keyId?: string | undefined;
  readonly dataKey: SealedDataKey;
}

/**
 * The attempts at opening that make sense, the likeliest first. With named keys, only these are used.
 * Without, each data key is tried in the account and Region of its ARN, a multi-Region key also in
 * the other chosen Regions, so that a replica opens what the primary sealed. Throws AppError where
 * there is none.
 */
export async function findTargets(
  dataKeys: readonly SealedDataKey[],
  keys: readonly KeyRef[] | undefined,
  connections: Connections,
  signal: AbortSignal | undefined,
): Promise<OpeningTarget[]> {
  if (keys) return named(dataKeys, keys);
  const chosen = await connections.chosen();
  if (chosen.length === 0) {
    throw new AppError(
      'no-credentials',
      'No account is chosen. Choose one, or name the key that shall open the envelope.',
    );
  }
  const targets: OpeningTarget[] = [];
  for (const dataKey of dataKeys) {
    const arn = dataKey.keyArn === undefined ? undefined : parseKeyArn(dataKey.keyArn);
    // Whoever wrote the envelope chose its ARNs: no host is asked that is no Region of AWS.
    if (dataKey.keyArn !== undefined && !(arn && isRegion(arn, chosen))) continue;
    targets.push(
      ...(arn
        ? await ofArn(dataKey, arn, chosen, connections, signal)
        : chosen.flatMap(({ id, regions }) =>
            regions.map((region) => ({ connection: id, region, dataKey })),
          )),
    );
  }
  if (targets.length > 0) return targets;
  throw new AppError(
    'not-authentic',
    'The envelope names no KMS key that can be asked: its data keys belong to another kind of key, or to a Region that there is not.',
  );
}

function isRegion({ region }: KeyArn, chosen: readonly Connection[]): boolean {
  return (
    chosen.some(({ regions }) => regions.includes(region)) ||
    regionsOf(partitionOf(region)).some(({ id }) => id === region)
  );
}

/** Strict: a key that is named by its ARN tries only the data keys that are its own. */
function named(dataKeys: readonly SealedDataKey[], keys: readonly KeyRef[]): OpeningTarget[] {
  const targets = keys.flatMap(({ connection, region, keyId }) =>
    dataKeys
      .filter(({ keyArn }) => {
        if (keyArn === undefined || !parseKeyArn(keyId)) return true;
        return isSameKey(keyArn, keyId);
      })
      .map((dataKey) => ({ connection, region, keyId, dataKey })),
  );
  if (targets.length > 0) return targets;
  const under = dataKeys.flatMap(({ keyArn }) => keyArn ?? []);
  throw new AppError(
    'not-authentic',
    `It was sealed under another key: ${under.join(', ') || 'one that it does not name'}.`,
  );
}

async function ofArn(
  dataKey: SealedDataKey,
  arn: KeyArn,
  chosen: readonly Connection[],
  connections: Connections,
  signal: AbortSignal | undefined,
): Promise<OpeningTarget[]> {
  const ordered = await ownersFirst(arn, chosen, connections, signal);
  return ordered.flatMap(({ id, regions }) => {
    const others = isMultiRegion(arn) ? regions.filter((region) => region !== arn.region) : [];
    // A Region that the operator left out is asked only for a key that is nowhere else.
    const home = regions.includes(arn.region) || !isMultiRegion(arn) ? [arn.region] : [];
    return [...home, ...others].map((region) => ({
      connection: id,
      region,
      keyId: inRegion(arn, region),
      dataKey,
    }));
  });
}

/** Connections to the key's own account; others follow, as a key may be shared across accounts. */
async function ownersFirst(
  { account }: KeyArn,
  chosen: readonly Connection[],
  connections: Connections,
  signal: AbortSignal | undefined,
): Promise<readonly Connection[]> {
  if (chosen.length === 1) return chosen;
  const known = await Promise.all(
    chosen.map(async (connection) => {
      const identity = await connections.identify(connection.id, signal).catch(() => undefined);
      return { connection, owns: identity?.accountId === account };
    }),
  );
  const owners = known.filter(({ owns }) => owns);
  // Whoever owns it opens it, or nobody does: others would only add their own refusals.
  return (owners.length > 0 ? owners : known).map(({ connection }) => connection);
}

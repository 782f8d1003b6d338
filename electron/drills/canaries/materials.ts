import { ListKeyRotationsCommand, type KeyMaterialState } from '@aws-sdk/client-kms';
import type { AskedMaterials } from '../../../shared/model/drills/canarySchedule';
import { AppError, toErrorInfo } from '../../../shared/model/errors';
import type { KeyRef } from '../../../shared/model/key';
import type { AwsGateway, Connections } from '../../aws/types';

/** Most materials that a key can have fit into one answer. */
const limit = 1000;

/** Asks KMS for a key's materials; why it does not tell them is part of the answer. */
export async function askMaterials(
  key: KeyRef,
  { gateway, connections }: { readonly gateway: AwsGateway; readonly connections: Connections },
  signal: AbortSignal,
): Promise<AskedMaterials> {
  const command = new ListKeyRotationsCommand({
    KeyId: key.keyId,
    IncludeKeyMaterial: 'ALL_KEY_MATERIAL',
    Limit: limit,
  });
  try {
    const { output, asOf } = await gateway.send(key, command, { signal });
    const materials = (output.Rotations ?? []).flatMap(
      ({ KeyMaterialId, KeyMaterialState: state, RotationDate }) =>
        KeyMaterialId === undefined
          ? []
          : [
              {
                id: KeyMaterialId,
                state: stateOf(state),
                ...(RotationDate && { since: RotationDate.toISOString() }),
              },
            ],
    );
    return { key, materials, asOf };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
    // Where the account itself cannot be found there is no clock of it either.
    const at = await connections.now(key.connection).catch(() => new Date());
    return { key, problem: toErrorInfo(error), asOf: at.toISOString() };
  }
}

function stateOf(state: KeyMaterialState | undefined): 'current' | 'older' | 'pending' {
  if (state === 'CURRENT') return 'current';
  return state === 'NON_CURRENT' ? 'older' : 'pending';
}

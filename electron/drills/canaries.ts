import { ListKeyRotationsCommand } from '@aws-sdk/client-kms';
import type { Canary } from '../../shared/model/envelope/canary';
import type { KeyRef } from '../../shared/model/key';
import type { AwsGateway } from '../aws/types';

/** Whether a canary is of a key, which either may name by id or by ARN. */
export function isOfKey({ key }: Canary, other: KeyRef): boolean {
  const id = (keyId: string) => keyId.split('/').at(-1);
  return (
    key.connection === other.connection &&
    key.region === other.region &&
    id(key.keyId) === id(other.keyId)
  );
}

/** The id of the key material that is current; undefined where AWS does not say. Throws AppError. */
export async function currentMaterial(
  gateway: AwsGateway,
  key: KeyRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new ListKeyRotationsCommand({
    KeyId: key.keyId,
    IncludeKeyMaterial: 'ALL_KEY_MATERIAL',
    Limit: 1000,
  });
  const { output } = await gateway.send(key, command, { signal });
  return output.Rotations?.find(({ KeyMaterialState }) => KeyMaterialState === 'CURRENT')
    ?.KeyMaterialId;
}

import { ListSecretsCommand, type SecretListEntry } from '@aws-sdk/client-secrets-manager';
import type { RegionPosture, Secret } from '../../../shared/model/readiness/posture/region';
import { pages } from '../../aws/pages';
import type { Asker } from './ask';
import { iso, needed, said, tagsOf } from './parts';

/** Asks Secrets Manager for the list of secrets in one Region; their values are never asked for. */
export function collectSecrets({ ask }: Asker, region: string): Promise<RegionPosture['secrets']> {
  return ask(region, async (send) => {
    const found: Secret[] = [];
    const lists = pages(
      'secretsmanager:ListSecrets',
      (NextToken) =>
        send(new ListSecretsCommand({ MaxResults: 100, IncludePlannedDeletion: true, NextToken })),
      ({ NextToken }) => NextToken,
    );
    for await (const { SecretList = [] } of lists) found.push(...SecretList.map(secretFacts));
    return found;
  });
}

function secretFacts(secret: SecretListEntry): Secret {
  return {
    arn: needed(secret.ARN, 'secretsmanager:ListSecrets', 'ARN'),
    name: secret.Name ?? '',
    rotates: secret.RotationEnabled === true,
    tags: tagsOf(secret.Tags),
    ...said({
      keyId: secret.KmsKeyId,
      rotationDays: secret.RotationRules?.AutomaticallyAfterDays,
      nextRotationAt: iso(secret.NextRotationDate),
      rotatedAt: iso(secret.LastRotatedDate),
      changedAt: iso(secret.LastChangedDate),
      usedAt: iso(secret.LastAccessedDate),
      deletedAt: iso(secret.DeletedDate),
      owner: secret.OwningService,
    }),
  };
}

import { jsonPage, jsonService } from '../edge/jsonService';
import type { SecretRecord, Stock } from '../holdings/holdings';
import { AwsError } from '../protocol/awsError';
import { flag, integer, optional, text } from '../protocol/rules';

interface Input {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/**
 * As much of Secrets Manager (JSON 1.1, API 2017-10-17) as how secrets are kept needs: ListSecrets.
 * There are no values behind them.
 */
export const secretsManager = jsonService<Stock>({
  scope: 'secretsmanager',
  version: '1.1',
  target: 'secretsmanager',
  operations: {
    ListSecrets: {
      members: {
        IncludePlannedDeletion: optional(flag),
        MaxResults: optional(integer(1, 100)),
        NextToken: optional(text(1, 4096)),
      },
      run({ MaxResults: size = 100, NextToken }: Input, stock) {
        const wrong = () => new AwsError('InvalidNextTokenException', 'Invalid NextToken.');
        const { items, next } = jsonPage(stock.secrets, NextToken, size, wrong);
        return { SecretList: items.map((secret) => secretJson(secret, stock)), NextToken: next };
      },
    },
  },
});

function secretJson(secret: SecretRecord, { accountId, region, now }: Stock): object {
  const { name, rotationDays, rotatedAt, usedAt } = secret;
  const date = (at: number | undefined) => (at === undefined ? undefined : new Date(at));
  const dayMs = 86_400_000;
  return {
    ARN: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${secret.suffix}`,
    Name: name,
    Description: secret.description,
    KmsKeyId: secret.keyArn,
    ...(rotationDays !== undefined && {
      RotationEnabled: true,
      RotationLambdaARN: `arn:aws:lambda:${region}:${accountId}:function:rotate-secrets`,
      RotationRules: { AutomaticallyAfterDays: rotationDays },
      LastRotatedDate: date(rotatedAt),
      NextRotationDate: date((rotatedAt ?? now) + rotationDays * dayMs),
    }),
    LastChangedDate: new Date(secret.changedAt),
    // AWS tells the day only.
    LastAccessedDate: date(usedAt === undefined ? undefined : Math.floor(usedAt / dayMs) * dayMs),
    CreatedDate: new Date(secret.createdAt),
    Tags: [],
  };
}

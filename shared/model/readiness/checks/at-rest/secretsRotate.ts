import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

export const secretsRotate = postureCheck({
  id: 'secrets-rotate',
  topics: ['rotation'],
  question: 'Is every secret rotated?',
  why: 'A secret that never changes is known by everybody who ever saw it.',
  remedy: {
    console: 'Secrets Manager > the secret > Rotation > Edit rotation.',
    cli: 'aws secretsmanager rotate-secret --secret-id SECRET --rotation-lambda-arn ARN --rotation-rules AutomaticallyAfterDays=30',
    terraform: 'resource "aws_secretsmanager_secret_rotation": rotation_rules',
  },
  severity: 'medium',
  effort: 'hours',
  permissions: ['secretsmanager:ListSecrets'],
  judge: (posture) =>
    regionItems(posture, ({ secrets }, where) =>
      listItems(secrets, 'secret', where, ({ arn, name, rotates, rotationDays, deletedAt }) => ({
        id: arn,
        name,
        verdict:
          deletedAt !== undefined
            ? { value: 'not-applicable', reason: 'It is to be deleted.' }
            : rotates
              ? {
                  value: 'pass',
                  reason:
                    rotationDays === undefined
                      ? 'It rotates.'
                      : `It rotates every ${rotationDays} days.`,
                }
              : { value: 'fail', reason: 'It does not rotate.', remedy: 'Set up its rotation.' },
      })),
    ),
});

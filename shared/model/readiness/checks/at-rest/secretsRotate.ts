import { day, days } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import type { Secret } from '../../posture/region';
import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

const dayMs = 86_400_000;

export const secretsRotate = postureCheck({
  id: 'secrets-rotate',
  topics: ['credentials'],
  question: 'Is every secret rotated, and when it is due?',
  why: 'A secret that never changes is known by everybody who ever saw it; and a rotation that fails is on, and changes nothing.',
  remedy: {
    console: 'Secrets Manager > the secret > Rotation > Edit rotation.',
    cli: 'aws secretsmanager rotate-secret --secret-id SECRET --rotation-lambda-arn ARN --rotation-rules AutomaticallyAfterDays=30\n# it rotates at once: programs must be able to take up the new value',
    terraform: 'resource "aws_secretsmanager_secret_rotation": rotation_rules',
  },
  severity: 'medium',
  effort: 'hours',
  permissions: ['secretsmanager:ListSecrets'],
  judge: (posture, { now }) =>
    regionItems(posture, ({ secrets }, where) =>
      listItems(secrets, 'secret', where, (secret) => ({
        id: secret.arn,
        name: secret.name,
        verdict: verdictOf(secret, now(where.connection)),
      })),
    ),
});

function verdictOf(secret: Secret, now: Date): Verdict {
  const { rotates, rotationDays, rotatedAt, deletedAt } = secret;
  if (deletedAt !== undefined) {
    return { value: 'not-applicable', reason: 'It is to be deleted.' };
  }
  if (!rotates) {
    return { value: 'fail', reason: 'It does not rotate.', remedy: 'Set up its rotation.' };
  }
  if (isOverdue(secret, now)) {
    const last = rotatedAt === undefined ? 'It never was.' : `It last was on ${day(rotatedAt)}.`;
    return {
      value: 'fail',
      reason: `Its rotation is overdue. ${last}`,
      remedy: 'Look into the log of its rotation function, and rotate it.',
    };
  }
  const often = rotationDays === undefined ? '' : ` every ${days(rotationDays)}`;
  return { value: 'pass', reason: `It rotates${often}.` };
}

/**
 * A day past the last day on which it may come, or older than two periods: after a rotation that failed
 * AWS may name a new day.
 */
function isOverdue({ rotationDays, nextRotationAt, rotatedAt }: Secret, now: Date): boolean {
  const since = (time: string) => (now.getTime() - Date.parse(time)) / dayMs;
  if (nextRotationAt !== undefined && since(nextRotationAt) > 1) return true;
  return (
    rotationDays !== undefined && rotatedAt !== undefined && since(rotatedAt) > 2 * rotationDays
  );
}

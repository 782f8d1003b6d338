import { randomUUID } from 'node:crypto';
import { CreateKeyCommand, type CreateKeyRequest } from '@aws-sdk/client-kms';
import type { Caller } from '../../run/identities';
import type { StepContext } from '../../run/stepContext';
import { awsTags } from '../../run/tags';
import { settled } from '../../run/undo';

/** Lets the account decide by IAM; where there is a backup account, lets that one decrypt. */
export function drillKeyPolicy(
  { account, arn }: Caller,
  backupAccount: string | undefined,
): string {
  const partition = arn.split(':')[1] ?? 'aws';
  const root = (of: string) => ({ AWS: `arn:${partition}:iam::${of}:root` });
  const all = { Effect: 'Allow', Resource: '*' };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Account decides by IAM', ...all, Principal: root(account), Action: 'kms:*' },
      ...(backupAccount === undefined
        ? []
        : [
            {
              Sid: 'Backup account opens',
              ...all,
              Principal: root(backupAccount),
              Action: ['kms:Decrypt', 'kms:DescribeKey'],
            },
          ]),
    ],
  });
}

/** Makes a key of this drill, or gives the one that an attempt before made; its ARN. */
export async function createDrillKey(
  ctx: StepContext,
  name: string,
  input: Partial<CreateKeyRequest>,
): Promise<string> {
  const drill = ctx.drill();
  const before = drill.facts[`key ${name}`];
  const isThere = drill.changes.some(({ target, state }) => target === before && state === 'made');
  if (before !== undefined && isThere) return before;
  const id = randomUUID();
  const command = new CreateKeyCommand({
    ...input,
    Description: `Recovery drill ${drill.id}: ${name}. It goes when the drill is over.`,
    Tags: awsTags(drill.id, id),
  });
  const output = await ctx.change(
    {
      id,
      kind: 'create-key',
      target: `tag drill-change=${id}`,
      words: `Make the drill’s key (${name})`,
      undoWords: 'Schedule it for deletion',
      lasting: true,
    },
    ctx.home,
    command,
    ({ KeyMetadata }) => KeyMetadata?.Arn,
  );
  const arn = output.KeyMetadata?.Arn ?? '';
  await ctx.fact(`key ${name}`, arn);
  if (input.Origin !== 'EXTERNAL') await settled(arn, ctx.home, ctx);
  return arn;
}

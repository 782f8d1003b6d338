import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { StepContext } from '../run/stepContext';
import { alarmGoesOff, alarmIsQuiet } from './alarm';
import { canaryNamed } from './canary';
import { seeItFail, seeItOpen } from './keyLost';

/** Schedules the drill key for deletion, sees it fail and be noticed, and takes it back in AWS's order. */
export async function deletionRehearsal(ctx: StepContext): Promise<void> {
  const key = ctx.known('key ordinary');
  const canary = canaryNamed(ctx, 'ordinary');
  const heard = await alarmIsQuiet(ctx);
  const lost = await ctx.now();
  await ctx.change(
    {
      kind: 'schedule-deletion',
      target: key,
      words: 'Schedule the drill key for deletion',
      undoWords: 'Cancel the deletion and enable the key',
      lasting: false,
    },
    ctx.home,
    // The longest: what goes wrong from here on has a month to be put right.
    new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: 30 }),
  );
  await seeItFail(ctx, canary, ['KMSInvalidStateException', 'DisabledException']);
  if (heard) await alarmGoesOff(ctx, lost);
  const begun = await ctx.now();
  await ctx.send(ctx.home, new CancelKeyDeletionCommand({ KeyId: key }), { resource: key });
  const described = new DescribeKeyCommand({ KeyId: key });
  const { KeyMetadata } = await ctx.send(ctx.home, described, { resource: key });
  if (KeyMetadata?.KeyState === 'Disabled') {
    await ctx.pass(
      'Cancelled',
      'After the deletion was cancelled the key is disabled, not enabled: it must be enabled by hand.',
    );
  } else {
    await ctx.fail(
      'Cancelled',
      `After the deletion was cancelled the key is ${KeyMetadata?.KeyState}, not Disabled.`,
    );
  }
  await ctx.send(ctx.home, new EnableKeyCommand({ KeyId: key }), { resource: key });
  await ctx.undone('schedule-deletion', 'The deletion was cancelled and the key enabled.');
  await seeItOpen(ctx, canary);
  await ctx.measured('Recovery', begun);
}

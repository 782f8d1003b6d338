import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import type { StepContext } from '../run/stepContext';
import { alarmGoesOff, alarmIsQuiet } from './alarm';
import { canaryNamed } from './canary';
import { seeItFail, seeItOpen } from './keyLost';

/** Disables the drill key, sees Decrypt fail and the alarm go off, and enables it. */
export async function disableEnable(ctx: StepContext): Promise<void> {
  const key = ctx.known('key ordinary');
  const canary = canaryNamed(ctx, 'ordinary');
  const heard = await alarmIsQuiet(ctx);
  const lost = await ctx.now();
  await ctx.change(
    {
      kind: 'disable-key',
      target: key,
      words: 'Disable the drill key',
      undoWords: 'Enable it',
      lasting: false,
    },
    ctx.home,
    new DisableKeyCommand({ KeyId: key }),
  );
  await seeItFail(ctx, canary, ['DisabledException']);
  if (heard) await alarmGoesOff(ctx, lost);
  const begun = await ctx.now();
  await ctx.send(ctx.home, new EnableKeyCommand({ KeyId: key }), { resource: key });
  await ctx.undone('disable-key', 'The key was enabled.');
  await seeItOpen(ctx, canary);
  await ctx.measured('Recovery', begun);
}

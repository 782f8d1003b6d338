import { toUndo } from '../../../shared/model/drills/drill';
import { AppError } from '../../../shared/model/errors';
import type { StepContext } from '../run/stepContext';
import { takeBack } from '../run/undo';

/** Takes back everything that is still changed: what steps left first, then the drill's own keys. */
export async function remove(ctx: StepContext): Promise<void> {
  // Material that nobody brings back goes with its key.
  const changes = toUndo(ctx.drill()).toSorted(
    (a, b) => Number(a.kind === 'delete-material') - Number(b.kind === 'delete-material'),
  );
  for (const change of changes) {
    try {
      const how = await takeBack(change, ctx);
      ctx.write({ kind: 'change-undone', at: await ctx.now(), change: change.id, how });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      await ctx.fail(change.words, `Not taken back: ${change.words}. ${error.message}`);
    }
  }
  const left = toUndo(ctx.drill()).length;
  if (left === 0) {
    await ctx.pass(
      'Everything is back',
      `${changes.length === 1 ? 'One change was' : `${changes.length} changes were`} taken back; nothing of the drill is left but keys that wait for their deletion.`,
    );
  }
}

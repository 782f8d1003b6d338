import { findEvents, untied } from '../trail/findEvents';
import { proveLog } from '../trail/proveLog';
import type { StepContext } from '../run/stepContext';

/** CloudTrail delivers within some 15 minutes, and sometimes later. */
const patienceMs = 25 * 60_000;
const everyMs = 2 * 60_000;

/** Ties every call to its CloudTrail event, and proves the log of the drill's time. */
export async function closeOut(ctx: StepContext): Promise<void> {
  const begun = Date.parse(await ctx.now());
  let problem: string | undefined;
  for (;;) {
    ({ problem } = await findEvents(ctx));
    const { length } = untied(ctx.drill());
    if (length === 0 || problem !== undefined) break;
    if (Date.parse(await ctx.now()) - begun >= patienceMs) break;
    ctx.tell(`Waiting for CloudTrail to deliver the events of ${length} calls.`);
    await ctx.wait(everyMs);
  }
  const missing = untied(ctx.drill());
  const calls = ctx.drill().steps.flatMap((step) => step.calls);
  const tied = calls.filter(({ logged }) => logged).length;
  if (missing.length === 0) {
    await ctx.pass(
      'CloudTrail events',
      `${tied} calls have their CloudTrail event, found by request id.`,
    );
  } else {
    const names = [...new Set(missing.map(({ operation }) => operation))].join(', ');
    await ctx.cannotTell(
      'CloudTrail events',
      problem ??
        `CloudTrail has no event yet for ${missing.length} calls (${names}). Do this step again later: events may come late.`,
    );
  }
  await proveLog(ctx);
}

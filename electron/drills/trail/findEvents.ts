import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { AppError } from '../../../shared/model/errors';
import type { Drill } from '../../../shared/model/drills/drill';
import type { DrillCall } from '../../../shared/model/drills/entry';
import { sha256 } from '../digests';
import type { Place, StepContext } from '../run/stepContext';

/** Pages of 50 events that one identity's calls may take in one look. */
const mostPages = 100;
/** A call's time is ours, an event's is AWS's. */
const slackMs = 5 * 60_000;

/** Calls whose CloudTrail event is not found yet. */
export function untied(drill: Pick<Drill, 'steps'>): DrillCall[] {
  return drill.steps
    .flatMap(({ calls }) => calls)
    .filter(({ logged, unlogged, requestId }) => !logged && !unlogged && requestId !== undefined);
}

/**
 * Asks the event history once for the events of calls that have none: by the name of who called, so
 * that one request finds many, and each is tied by its request id. Gives why it could not look.
 */
export async function findEvents(ctx: StepContext): Promise<{ found: number; problem?: string }> {
  const groups = new Map<string, DrillCall[]>();
  for (const call of untied(ctx.drill())) {
    const group = `${call.account} ${call.region} ${userName(call.principal)}`;
    groups.set(group, [...(groups.get(group) ?? []), call]);
  }
  let found = 0;
  let problem: string | undefined;
  for (const calls of groups.values()) {
    try {
      found += await findGroup(ctx, calls);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
      problem ??= `CloudTrail could not be asked: ${error.message}`;
    }
  }
  return { found, ...(problem !== undefined && { problem }) };
}

async function findGroup(ctx: StepContext, calls: readonly DrillCall[]): Promise<number> {
  const [first] = calls;
  if (!first) return 0;
  const place = await placeOf(ctx, first);
  const byRequest = new Map(calls.map((call) => [call.requestId, call]));
  const times = calls.map(({ sentAt }) => Date.parse(sentAt));
  let found = 0;
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages && byRequest.size > 0; page += 1) {
    const answer = await ctx.look(
      place,
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: userName(first.principal) }],
        StartTime: new Date(Math.min(...times) - slackMs),
        EndTime: new Date(Math.max(...times) + slackMs),
        MaxResults: 50,
        NextToken,
      }),
    );
    for (const { CloudTrailEvent = '{}' } of answer.Events ?? []) {
      const event = JSON.parse(CloudTrailEvent) as Record<string, unknown>;
      const call = byRequest.get(String(event['requestID']));
      if (!call) continue;
      byRequest.delete(call.requestId);
      await tie(ctx, call, event, CloudTrailEvent);
      found += 1;
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return found;
}

async function tie(
  ctx: StepContext,
  call: DrillCall,
  event: Record<string, unknown>,
  text: string,
): Promise<void> {
  const eventId = String(event['eventID']);
  const bytes = Buffer.from(text);
  ctx.store.putFile(ctx.drill().id, `cloudtrail/events/${eventId}.json`, bytes);
  ctx.write({
    kind: 'logged',
    at: await ctx.now(),
    call: call.id,
    eventId,
    eventTime: String(event['eventTime']),
    sha256: sha256(bytes),
  });
}

/** Who may look: the drill's own identity in its account; elsewhere who called there. */
async function placeOf(ctx: StepContext, call: DrillCall): Promise<Place> {
  if (call.account === ctx.home.caller.account) return ctx.there(call.region);
  const { backup } = ctx.plan.identities;
  if (backup !== undefined) return ctx.as(await ctx.identity(backup), call.region);
  throw new AppError('no-credentials', `There is no connection into the account ${call.account}.`);
}

/** As LookupEvents knows a caller: the user's name, or the session's of a role. */
function userName(principal = ''): string {
  return principal.endsWith(':root') ? 'root' : (principal.split('/').at(-1) ?? principal);
}

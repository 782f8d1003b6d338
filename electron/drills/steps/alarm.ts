import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { AppError } from '../../../shared/model/errors';
import type { StepContext } from '../run/stepContext';

const everyMs = 60_000;

/**
 * Waits until the plan's alarm is quiet, so that what goes off afterwards goes off for the step.
 * Gives whether there is an alarm that can be waited for.
 */
export async function alarmIsQuiet(ctx: StepContext): Promise<boolean> {
  const name = ctx.plan.alarms.keyState;
  if (name === undefined) {
    await ctx.cannotTell(
      'Alarm',
      'The plan names no alarm for disabled keys: whether anybody is told cannot be seen. Name it in the plan.',
    );
    return false;
  }
  const alarm = await find(ctx, name);
  if (!alarm) {
    await ctx.fail(
      'Alarm',
      `There is no alarm ${name} in ${ctx.home.region}: nobody is told when a key is disabled.`,
    );
    return false;
  }
  const unheard = await whyUnheard(ctx, alarm);
  if (unheard !== undefined) await ctx.fail('Alarm', unheard);
  const quiet = await waitFor(ctx, name, ({ StateValue }) => StateValue !== 'ALARM');
  if (!quiet) {
    await ctx.cannotTell(
      'Alarm',
      `The alarm ${name} is on already and does not go quiet: whether it goes off for this step cannot be seen.`,
    );
  }
  return quiet !== undefined;
}

/** Waits until the plan's alarm goes off for what was done at `since`. */
export async function alarmGoesOff(ctx: StepContext, since: string): Promise<void> {
  const name = ctx.plan.alarms.keyState ?? '';
  const { withinMinutes } = ctx.plan.alarms;
  ctx.tell(`Waiting for the alarm ${name}, up to ${withinMinutes} minutes.`);
  const isNew = ({ StateValue, StateUpdatedTimestamp: at }: MetricAlarm) =>
    StateValue === 'ALARM' && at !== undefined && at.getTime() >= Date.parse(since) - 1000;
  const rung = await waitFor(ctx, name, isNew);
  if (rung) {
    const seconds = await ctx.measured('Alarm', since);
    await ctx.pass(
      'Alarm',
      `The alarm ${name} went off ${Math.round(seconds / 60)} minutes after.`,
    );
    return;
  }
  await ctx.fail(
    'Alarm',
    `The alarm ${name} did not go off within ${withinMinutes} minutes. Check the way of the news: the trail sends to its log group, a metric filter there matches the event, the alarm watches that filter’s metric (see the trail check).`,
  );
}

async function find(ctx: StepContext, name: string): Promise<MetricAlarm | undefined> {
  const command = new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm'] });
  return (await ctx.look(ctx.home, command)).MetricAlarms?.[0];
}

async function waitFor(
  ctx: StepContext,
  name: string,
  holds: (alarm: MetricAlarm) => boolean,
): Promise<MetricAlarm | undefined> {
  const begun = Date.parse(await ctx.now());
  const withinMs = ctx.plan.alarms.withinMinutes * 60_000;
  for (;;) {
    const alarm = await find(ctx, name);
    if (alarm && holds(alarm)) return alarm;
    if (Date.parse(await ctx.now()) - begun >= withinMs) return undefined;
    await ctx.wait(everyMs);
  }
}

/** Why nobody hears of an alarm that goes off, as a sentence; undefined where somebody does. */
async function whyUnheard(ctx: StepContext, alarm: MetricAlarm): Promise<string | undefined> {
  const { AlarmName: name, ActionsEnabled, AlarmActions = [] } = alarm;
  if (ActionsEnabled === false) {
    return `The alarm ${name} is muted: its actions are switched off, so that it tells nobody. Switch them on.`;
  }
  if (AlarmActions.length === 0) {
    return `The alarm ${name} has no action: it tells nobody. Let it tell a topic.`;
  }
  const topics = AlarmActions.filter((action) => /^arn:[\w-]+:sns:/.test(action));
  if (topics.length < AlarmActions.length) return undefined; // it tells something else, too
  for (const topic of topics) {
    const region = topic.split(':')[3] ?? ctx.home.region;
    const command = new ListSubscriptionsByTopicCommand({ TopicArn: topic });
    try {
      const { Subscriptions } = await ctx.look(ctx.there(region), command);
      if (Subscriptions?.some(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:')))
        return undefined;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'denied') throw error;
      await ctx.cannotTell('Alarm', error.message);
      return undefined;
    }
  }
  return `The alarm ${name} tells ${topics.join(', ')}, to which nobody has confirmed a subscription.`;
}

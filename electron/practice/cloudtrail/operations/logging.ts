import { required, text } from '../../protocol/rules';
import { trailOperation, type TrailContext } from '../context';
import { currentSettings, withSettings, type TrailRecord } from '../trail';
import { findHomeTrail, findTrail } from '../trailNames';

const members = { Name: required(text(0, 4096)) };

export const startLogging = trailOperation<{ Name: string }>({
  name: 'StartLogging',
  readOnly: false,
  members,
  run(input, context) {
    const trail = findHomeTrail(context, input.Name);
    if (currentSettings(trail).logging) return {};
    put(context, trail, true, { startedLoggingAt: context.now, stoppedLoggingAt: undefined });
    return {};
  },
});

export const stopLogging = trailOperation<{ Name: string }>({
  name: 'StopLogging',
  readOnly: false,
  members,
  run(input, context) {
    const trail = findHomeTrail(context, input.Name);
    if (!currentSettings(trail).logging) return {};
    put(context, trail, false, { stoppedLoggingAt: context.now });
    return {};
  },
});

export const getTrailStatus = trailOperation<{ Name: string }>({
  name: 'GetTrailStatus',
  readOnly: true,
  members,
  async run(input, context) {
    const trail = findTrail(context, input.Name);
    await context.settle(trail, context.region);
    const { latestDelivery, latestDigest } = context.delivery.stateOf(trail, context.region);
    const { startedLoggingAt: started, stoppedLoggingAt: stopped } = trail;
    const dated = (at: number | undefined) => (at === undefined ? undefined : new Date(at));
    const written = (at: number | undefined) =>
      at === undefined ? '' : new Date(at).toISOString().replace(/\.\d{3}/, '');
    const { logging, logGroupArn } = currentSettings(trail);
    return {
      IsLogging: logging,
      LatestCloudWatchLogsDeliveryTime:
        logGroupArn === undefined ? undefined : dated(latestDelivery),
      LatestDeliveryTime: dated(latestDelivery),
      StartLoggingTime: dated(started),
      StopLoggingTime: dated(stopped),
      LatestDigestDeliveryTime: dated(latestDigest),
      LatestDeliveryAttemptTime: written(latestDelivery),
      LatestNotificationAttemptTime: '',
      LatestNotificationAttemptSucceeded: '',
      LatestDeliveryAttemptSucceeded: written(latestDelivery),
      TimeLoggingStarted: written(started),
      TimeLoggingStopped: written(stopped),
    };
  },
});

function put(
  { trails, now, log }: TrailContext,
  trail: TrailRecord,
  logging: boolean,
  times: Partial<TrailRecord>,
): void {
  // The trail has the event of its own start, and that of its own end.
  const afterSeq = log.lastSeq() + (logging ? 0 : 1);
  trails.put(trail.arn, { ...withSettings(trail, now, { logging, afterSeq }), ...times });
}

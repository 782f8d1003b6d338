import type { Verdict } from '../../verdict';
import type { StatusFacts } from './evidence';
import { cannotTell, evidenceOf, fail, notApplicable, pass, stale, type Finding } from './finding';
import type { JudgedTrail } from './judgedTrail';

const hourMs = 3_600_000;
/** CloudTrail delivers about every five minutes where something happens; a quiet Region may rest. */
const logShelfMs = 24 * hourMs;
/** A digest comes every hour, in a quiet Region too. */
const digestShelfMs = 3 * hourMs;

const errorRemedy =
  'Correct the policy of the bucket, of its KMS key or of the log group as the error says (CloudTrail user guide, "Amazon S3 bucket policy for CloudTrail").';
const staleRemedy =
  'Look into the bucket: if something happened in the Region since, the delivery has stopped.';

/** Do log files arrive, without errors, and when did the latest? */
export function delivery(trail: JudgedTrail, now: number): Finding {
  return statusFinding(trail, (status) => {
    const { deliveryError, deliveredAt, digestAt } = status;
    if (deliveryError !== undefined) return failed('log files', trail, deliveryError);
    if (deliveredAt === undefined) {
      return stale(`CloudTrail names no delivery of ${trail.facts.name} here yet.`, staleRemedy);
    }
    if (now - deliveredAt <= logShelfMs) {
      return pass(`The latest log file came at ${iso(deliveredAt)}.`);
    }
    return digestAt !== undefined && now - digestAt <= digestShelfMs
      ? pass(
          `The latest log file came at ${iso(deliveredAt)}; the digest of ${iso(digestAt)} says that none followed.`,
        )
      : stale(`The latest log file came at ${iso(deliveredAt)}, over a day ago.`, staleRemedy);
  });
}

/** Do the signed digests arrive, without errors, and when did the latest? */
export function digestDelivery(trail: JudgedTrail, now: number): Finding {
  return statusFinding(trail, ({ digestError, digestAt }) => {
    if (trail.facts.validation === false) {
      return notApplicable('Without log file validation there are no digests.');
    }
    if (digestError !== undefined) return failed('digests', trail, digestError);
    if (digestAt === undefined) {
      return stale(`CloudTrail names no digest of ${trail.facts.name} here yet.`, staleRemedy);
    }
    return now - digestAt <= digestShelfMs
      ? pass(`The latest digest came at ${iso(digestAt)}.`)
      : stale(
          `The latest digest came at ${iso(digestAt)}; there should be one every hour.`,
          staleRemedy,
        );
  });
}

/** Do events arrive in a log group, where metric filters can see them? */
export function logGroup(trail: JudgedTrail, now: number): Finding {
  return statusFinding(trail, ({ logGroupError, logGroupAt }) => {
    const { logGroupArn, name } = trail.facts;
    if (logGroupArn === undefined) {
      return fail(
        `The trail ${name} sends nothing to CloudWatch Logs, so no metric filter sees its events.`,
        'Give the trail a log group (CloudTrail user guide, "Sending events to CloudWatch Logs"). Rules of EventBridge and other tools are not seen here.',
      );
    }
    if (logGroupError !== undefined)
      return failed('events for its log group', trail, logGroupError);
    if (logGroupAt === undefined) {
      return stale(`CloudTrail names no delivery of ${name} to its log group yet.`, staleRemedy);
    }
    return now - logGroupAt <= logShelfMs
      ? pass(`Events of ${name} last came to its log group at ${iso(logGroupAt)}.`)
      : stale(
          `Events of ${name} last came to its log group at ${iso(logGroupAt)}, over a day ago.`,
          staleRemedy,
        );
  });
}

function statusFinding(trail: JudgedTrail, judge: (status: StatusFacts) => Verdict): Finding {
  const { facts, status } = trail;
  return {
    verdict: 'refused' in status ? cannotTell(status.refused) : judge(status.answer),
    evidence: [
      evidenceOf(status, (answer) => ({
        trail: facts.arn,
        LatestDeliveryTime: told(answer.deliveredAt),
        LatestDeliveryError: answer.deliveryError ?? 'none',
        LatestDigestDeliveryTime: told(answer.digestAt),
        LatestDigestDeliveryError: answer.digestError ?? 'none',
        LatestCloudWatchLogsDeliveryTime: told(answer.logGroupAt),
        LatestCloudWatchLogsDeliveryError: answer.logGroupError ?? 'none',
      })),
    ],
  };
}

function failed(what: string, { facts }: JudgedTrail, error: string): Verdict {
  return fail(`CloudTrail cannot deliver ${what} of ${facts.name}: ${error}.`, errorRemedy);
}

function told(at: number | undefined): string {
  return at === undefined ? 'none' : iso(at);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

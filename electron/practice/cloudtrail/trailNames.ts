import { AwsError } from '../protocol/awsError';
import type { TrailContext } from './context';
import { trailArn, type TrailRecord } from './trail';

/** @throws AwsError InvalidTrailNameException in AWS's words */
export function checkTrailName(name: string): void {
  const fail = (text: string) => new AwsError('InvalidTrailNameException', text);
  const length = `Specified name length: ${name.length} characters.`;
  if (name.length < 3) {
    throw fail(`Trail name too short. Minimum allowed length: 3 characters. ${length}`);
  }
  if (name.length > 128) {
    throw fail(`Trail name too long. Maximum allowed length: 128 characters. ${length}`);
  }
  if (!/^[A-Za-z0-9]/.test(name)) throw fail('Trail name must starts with a letter or number.');
  if (!/[A-Za-z0-9]$/.test(name)) throw fail('Trail name must ends with a letter or number.');
  if (!/^[\w.-]+$/.test(name)) {
    throw fail(
      'Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).',
    );
  }
  if (/[._-]{2}/.test(name)) {
    throw fail('Trail name can not have adjacent periods, underscores or hyphens.');
  }
}

/**
 * The trail that a name or an ARN means; a bare name means one of the Region's own, or the shadow of
 * a multi-Region trail.
 * @throws AwsError CloudTrailARNInvalidException, TrailNotFoundException
 */
export function findTrail(context: TrailContext, named: string): TrailRecord {
  const arn = arnOf(context, named);
  const trail =
    context.trails.get(arn) ?? (named.startsWith('arn:') ? undefined : shadow(context, named));
  if (!trail) {
    throw new AwsError(
      'TrailNotFoundException',
      `Unknown trail: ${arn} for the user: ${context.accountId}`,
    );
  }
  return trail;
}

/** The same for an operation that only the trail's home Region takes. */
export function findHomeTrail(context: TrailContext, named: string): TrailRecord {
  const trail = findTrail(context, named);
  if (trail.homeRegion !== context.region) {
    throw new AwsError(
      'InvalidHomeRegionException',
      `Trail ${trail.name} can only be changed in its home region: ${trail.homeRegion}`,
    );
  }
  return trail;
}

/** @throws AwsError CloudTrailARNInvalidException */
export function arnOf({ region, accountId }: TrailContext, named: string): string {
  if (!named.startsWith('arn:')) return trailArn(region, accountId, named);
  if (!/^arn:aws:cloudtrail:[a-z0-9-]+:\d{12}:trail\/.+$/.test(named)) {
    throw new AwsError('CloudTrailARNInvalidException', `Invalid ARN: ${named}`);
  }
  return named;
}

function shadow({ trails, accountId }: TrailContext, name: string): TrailRecord | undefined {
  return [...trails.values()].find(
    (trail) =>
      trail.name === name &&
      trail.accountId === accountId &&
      trail.settings.at(-1)?.multiRegion === true,
  );
}

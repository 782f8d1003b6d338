import type { EventRow } from '../../../shared/model/events/event';
import { record, text, type Json } from './json';

type Caller = Pick<EventRow, 'caller'> &
  Partial<Pick<EventRow, 'callerArn' | 'role' | 'accessKeyId' | 'mfa' | 'service'>> & {
    readonly account?: string;
  };

/**
 * Who called. A session is named by its role and session name, a service by its host name.
 * Source: CloudTrail user guide, "CloudTrail userIdentity element".
 */
export function readCaller(identity: Readonly<Record<string, Json>>): Caller {
  const session = record(identity['sessionContext']) ?? {};
  const issuer = record(session['sessionIssuer']) ?? {};
  const attributes = record(session['attributes']) ?? {};
  const arn = text(identity['arn']);
  const service = text(identity['invokedBy']);
  const role = text(issuer['type']) === 'Role' ? text(issuer['arn']) : undefined;
  const mfa = attributes['mfaAuthenticated'];
  const accessKeyId = text(identity['accessKeyId']);
  const account = text(identity['accountId']);
  return {
    caller: nameOf(identity, arn, service, text(issuer['userName'])),
    ...(arn !== undefined && { callerArn: arn }),
    ...(role !== undefined && { role }),
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(mfa !== undefined && { mfa: mfa === 'true' || mfa === true }),
    ...(service !== undefined && { service }),
    ...(account !== undefined && { account }),
  };
}

function nameOf(
  identity: Readonly<Record<string, Json>>,
  arn: string | undefined,
  service: string | undefined,
  issuerName: string | undefined,
): string {
  const type = text(identity['type']);
  if (type === 'Root') return 'root';
  if (type === 'AWSAccount') return `account ${text(identity['accountId']) ?? 'unknown'}`;
  const assumed = /:assumed-role\/(.+)$/.exec(arn ?? '')?.[1];
  if (assumed) return assumed;
  const user = text(identity['userName']) ?? /:user\/(?:.*\/)?([^/]+)$/.exec(arn ?? '')?.[1];
  if (user) return user;
  return issuerName ?? service ?? text(identity['principalId']) ?? arn ?? 'unknown';
}

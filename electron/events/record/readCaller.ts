import type { EventRow } from '../../../shared/model/events/event';
import { record, text, type Json } from './json';

type Caller = Pick<EventRow, 'caller' | 'callerArn' | 'role' | 'accessKeyId' | 'mfa' | 'service'>;

/**
 * Who called. A session is named by its role and session name, a service by its host name.
 * Source: CloudTrail user guide, "CloudTrail userIdentity element".
 */
export function readCaller(identity: Readonly<Record<string, Json>>): Caller {
  const session = record(identity['sessionContext']);
  const issuer = record(session?.['sessionIssuer']);
  const mfa = record(session?.['attributes'])?.['mfaAuthenticated'];
  const callerArn = text(identity['arn']);
  const service = text(identity['invokedBy']);
  return {
    caller: nameOf(identity, callerArn, service, text(issuer?.['userName'])),
    callerArn,
    role: text(issuer?.['type']) === 'Role' ? text(issuer?.['arn']) : undefined,
    accessKeyId: text(identity['accessKeyId']),
    mfa: mfa === undefined ? undefined : mfa === 'true' || mfa === true,
    service,
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

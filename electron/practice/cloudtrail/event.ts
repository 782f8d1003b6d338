/** One record of CloudTrail, as AWS writes it (user guide, "CloudTrail record contents"). */
export interface TrailEvent {
  readonly eventVersion: string;
  readonly userIdentity: UserIdentity;
  /** ISO 8601 to the second. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly requestParameters: object | null;
  readonly responseElements: object | null;
  readonly additionalEventData?: object | undefined;
  readonly requestID?: string | undefined;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly EventResource[] | undefined;
  readonly eventType: 'AwsApiCall' | 'AwsServiceEvent';
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  /** The same in both accounts that a call across accounts is recorded in. */
  readonly sharedEventID?: string | undefined;
  readonly serviceEventDetails?: object | undefined;
  readonly eventCategory: 'Management';
  readonly tlsDetails?: TlsDetails | undefined;
}

export interface UserIdentity {
  readonly type?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly sessionContext?: object;
  readonly invokedBy?: string;
}

export interface EventResource {
  readonly accountId: string;
  readonly type: string;
  readonly ARN: string;
}

interface TlsDetails {
  readonly tlsVersion: string;
  readonly cipherSuite: string;
  readonly clientProvidedHostHeader: string;
  readonly keyExchange: string;
}

/** What differs from event to event; the rest `trailEvent` adds. */
export interface EventParts {
  readonly userIdentity: UserIdentity;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: string;
  readonly name: string;
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly requestParameters?: object | null | undefined;
  readonly responseElements?: object | null | undefined;
  readonly additional?: object | undefined;
  readonly requestId?: string | undefined;
  readonly eventId: string;
  readonly readOnly: boolean;
  readonly resources?: readonly EventResource[] | undefined;
  readonly accountId: string;
  readonly sharedEventId?: string | undefined;
  /** The service did it, and nobody called. */
  readonly byService?: boolean | undefined;
  readonly serviceDetails?: object | undefined;
  /** The host that the client asked for; absent for what did not come over TLS. */
  readonly host?: string | undefined;
}

/** Puts an event together, its members in AWS's order; JSON leaves out those that are undefined. */
export function trailEvent(parts: EventParts): TrailEvent {
  return {
    eventVersion: '1.11',
    userIdentity: parts.userIdentity,
    eventTime: isoSeconds(parts.at),
    eventSource: parts.source,
    eventName: parts.name,
    awsRegion: parts.region,
    sourceIPAddress: parts.sourceIp,
    userAgent: parts.userAgent,
    errorCode: parts.error && errorCode(parts.error.code),
    errorMessage: parts.error?.message || undefined,
    requestParameters: parts.requestParameters ?? null,
    responseElements: parts.responseElements ?? null,
    additionalEventData: parts.additional,
    requestID: parts.requestId,
    eventID: parts.eventId,
    readOnly: parts.readOnly,
    resources: parts.resources,
    eventType: parts.byService ? 'AwsServiceEvent' : 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: parts.accountId,
    sharedEventID: parts.sharedEventId,
    serviceEventDetails: parts.serviceDetails,
    eventCategory: 'Management',
    tlsDetails: parts.host === undefined ? undefined : tls(parts.host),
  };
}

/** A key as an event's `resources` name it. */
export function keyResource(arn: string): EventResource {
  return { accountId: arn.split(':')[4] ?? '', type: 'AWS::KMS::Key', ARN: arn };
}

/** `2025-11-12T15:16:26Z` */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A date inside parameters and answers, which AWS writes for people: `Aug 10, 2022, 10:38:27 PM`. */
export function writtenDate(date: Date): string {
  const [, minutes, seconds] = date.toISOString().slice(11, 19).split(':');
  const hour = date.getUTCHours();
  const clock = `${hour % 12 || 12}:${minutes}:${seconds} ${hour < 12 ? 'AM' : 'PM'}`;
  return `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${clock}`;
}

/** Denials are recorded under the code that all services share. */
function errorCode(code: string): string {
  return code === 'AccessDeniedException' ? 'AccessDenied' : code;
}

/** What AWS's endpoint agrees on with a client of today; the practice account's own loopback is plain. */
function tls(host: string): TlsDetails {
  return {
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    clientProvidedHostHeader: host,
    keyExchange: 'X25519MLKEM768',
  };
}

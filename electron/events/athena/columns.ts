/** How a column of the result becomes a member of the record. */
type Kind = 'text' | 'json' | 'flag' | 'resources';

export interface ResultColumn {
  /** In SQL. */
  readonly select: string;
  /** Where the record has it: `userIdentity.sessionContext.attributes.mfaAuthenticated`. */
  readonly member: string;
  readonly kind: Kind;
}

/**
 * What is asked of each event, in this order. Athena's table has the record's members in lower case,
 * structures by their fields, and free-form members as JSON text.
 */
export const resultColumns: readonly ResultColumn[] = [
  ...texts('eventVersion'),
  ...texts(
    ...['type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName', 'invokedBy'].map(
      (name) => `userIdentity.${name}`,
    ),
    ...['mfaAuthenticated', 'creationDate'].map(
      (name) => `userIdentity.sessionContext.attributes.${name}`,
    ),
    ...['type', 'principalId', 'arn', 'accountId', 'userName'].map(
      (name) => `userIdentity.sessionContext.sessionIssuer.${name}`,
    ),
  ),
  ...texts('eventTime', 'eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent'),
  ...texts('errorCode', 'errorMessage'),
  ...of('json', 'requestParameters', 'responseElements', 'additionalEventData'),
  ...texts('requestID', 'eventID'),
  ...of('flag', 'readOnly'),
  { select: 'json_format(CAST(resources AS JSON))', member: 'resources', kind: 'resources' },
  ...texts('eventType', 'apiVersion', 'recipientAccountId'),
  ...of('json', 'serviceEventDetails'),
  ...texts('sharedEventID', 'vpcEndpointId', 'eventCategory'),
  ...texts(
    ...['tlsVersion', 'cipherSuite', 'clientProvidedHostHeader', 'keyExchange'].map(
      (name) => `tlsDetails.${name}`,
    ),
  ),
];

function texts(...members: string[]): ResultColumn[] {
  return of('text', ...members);
}

function of(kind: Kind, ...members: string[]): ResultColumn[] {
  return members.map((member) => ({ select: member.toLowerCase(), member, kind }));
}

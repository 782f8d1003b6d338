import type { KnownEvent } from './filterPattern';

/** Something that somebody must be told of, as the events that tell it. */
export interface AlarmKind {
  readonly id: string;
  readonly question: string;
  /** Every one of these must reach somebody. */
  readonly needs: readonly WatchedEvent[];
  /** As grave, but no benchmark asks for them: told where they reach nobody, not judged. */
  readonly also: readonly WatchedEvent[];
  /** The first such event is grave by itself: an alarm that waits for more is none. */
  readonly once: boolean;
  /** The request quota in CloudWatch's AWS/Usage tells it too. */
  readonly usage: boolean;
  /** A metric filter's pattern that would do. */
  readonly pattern: string;
}

export interface WatchedEvent {
  /** As in a sentence: `Decrypt with AccessDenied`. */
  readonly words: string;
  readonly event: KnownEvent;
}

export const alarmKinds: readonly AlarmKind[] = [
  {
    id: 'alarm-decrypt-failures',
    question: 'Is somebody told when Decrypt fails or is denied?',
    needs: [
      'AccessDenied',
      'AccessDeniedException', // CloudTrail has both spellings
      'IncorrectKeyException',
      'InvalidCiphertextException',
      'DisabledException',
      'KMSInvalidStateException',
    ].map((error) => called('Decrypt', true, error)),
    also: [],
    once: false,
    usage: false,
    pattern:
      '{ ($.eventSource = "kms.amazonaws.com") && ($.eventName = "Decrypt") && ($.errorCode = "*") }',
  },
  {
    id: 'alarm-throttling',
    question: 'Is somebody told when KMS throttles, or the quota is nearly used up?',
    needs: ['Decrypt', 'GenerateDataKey'].map((name) => called(name, true, 'ThrottlingException')),
    also: [],
    once: false,
    usage: true,
    pattern: '{ ($.eventSource = "kms.amazonaws.com") && ($.errorCode = "Throttling*") }',
  },
  {
    id: 'alarm-key-deletion',
    question: 'Is somebody told when a key is disabled or to be deleted?',
    needs: [called('ScheduleKeyDeletion'), called('DisableKey')],
    also: [called('DeleteImportedKeyMaterial')],
    once: true,
    usage: false,
    pattern:
      '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion") || ($.eventName = "DeleteImportedKeyMaterial")) }',
  },
  {
    id: 'alarm-policy-changes',
    question: 'Is somebody told when the policy of a key changes?',
    needs: [called('PutKeyPolicy')],
    also: [called('CreateGrant')],
    once: true,
    usage: false,
    pattern:
      '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "PutKeyPolicy") || ($.eventName = "CreateGrant")) }',
  },
];

function called(name: string, readOnly = false, errorCode: string | null = null): WatchedEvent {
  return {
    words: errorCode === null ? name : `${name} with ${errorCode}`,
    event: {
      eventSource: 'kms.amazonaws.com',
      eventName: name,
      eventType: 'AwsApiCall',
      eventCategory: 'Management',
      managementEvent: true,
      readOnly,
      errorCode,
    },
  };
}

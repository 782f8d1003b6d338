import type { FailureCause, Outcome } from './event';

/** How a call ended, by its error code: both spellings of a denial, and AWS's names of throttling. */
export function outcomeOf(error: string | undefined): Outcome {
  if (error === undefined) return 'ok';
  if (denials.has(shortOf(error))) return 'denied';
  return throttlings.has(shortOf(error)) ? 'throttled' : 'failed';
}

/**
 * Why a call that uses a key failed. InvalidCiphertextException stands for a wrong encryption context
 * as well as for a ciphertext that was changed: AWS does not tell which.
 * Source: KMS API reference, errors of Decrypt and GenerateDataKey; "Key states of AWS KMS keys".
 */
export function causeOf(error: string, message: string): FailureCause {
  const name = shortOf(error);
  if (denials.has(name)) return 'denied';
  if (throttlings.has(name)) return 'throttled';
  if (/\bpending (replica )?deletion\b/i.test(message)) return 'pending-deletion';
  if (/\bpending import\b/i.test(message)) return 'pending-import';
  return causes[name] ?? 'other';
}

/** EC2-style codes come with a prefix (`Client.UnauthorizedOperation`). */
function shortOf(error: string): string {
  return error.slice(error.lastIndexOf('.') + 1);
}

const denials = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'InvalidGrantTokenException',
]);
const throttlings = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'LimitExceededException.Throttling',
]);

const causes: Readonly<Record<string, FailureCause>> = {
  IncorrectKeyException: 'wrong-key',
  InvalidCiphertextException: 'wrong-context-or-tampered',
  KMSInvalidSignatureException: 'wrong-signature',
  KMSInvalidMacException: 'wrong-signature',
  DisabledException: 'disabled',
  Disabled: 'disabled',
  KMSInvalidStateException: 'other-state',
  KeyUnavailableException: 'key-store-away',
  CloudHsmClusterInvalidConfigurationException: 'key-store-away',
  XksProxyUriUnreachableException: 'key-store-away',
  DependencyTimeoutException: 'key-store-away',
  NotFoundException: 'not-found',
};

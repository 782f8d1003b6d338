import { validationError } from '../protocol/awsError';

/**
 * Nitro enclaves cannot attest themselves to a practice account: a request that wants its answer for
 * one is refused rather than answered with a plaintext.
 * @throws AwsError ValidationException
 */
export function refuseRecipient(recipient: object | undefined): void {
  if (recipient === undefined) return;
  throw validationError(
    'The practice account has no Nitro enclaves: it cannot check an attestation document.',
  );
}

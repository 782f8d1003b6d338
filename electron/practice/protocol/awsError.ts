/**
 * An error as an AWS service answers it: its code, and its text where the service gives one
 * (several of KMS's errors come without any).
 */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message = '', status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** A ValidationException of the service's own, beyond what its model's constraints say. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

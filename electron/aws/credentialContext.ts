import { AppError } from '../../shared/model/errors';
import type { AwsConfig } from './configFiles';
import { toAppError } from './errors';
import { recordingHandler, type RecordingHandler } from './recordingHandler';
import type { AwsCredentials } from './session';
import type { RequestHandler } from './transports';
import type { AwsOptions } from './types';

/** What every way to credentials may need. */
export interface CredentialContext {
  readonly connection: string;
  /** As in a sentence: `profile prod`. */
  readonly connectionName: string;
  /** For the MFA prompt: `prod`. */
  readonly displayName: string;
  readonly config: Pick<AwsConfig, 'configFile' | 'credentialsFile'>;
  readonly env: AwsOptions['env'];
  readonly homeDir: string;
  readonly now: () => Date;
  readonly askMfa: AwsOptions['askMfa'];
  readonly requestHandler: () => Promise<RequestHandler>;
  readonly attemptTimeoutMs: number;
  /** An own endpoint for `sts` or `sso`. */
  readonly endpoint: (service: 'sts' | 'sso') => string | undefined;
}

/** Runs SDK code with a request handler that ends with the signal, and maps what it throws. */
export async function withHandler(
  operation: string,
  region: string | undefined,
  context: CredentialContext,
  signal: AbortSignal,
  work: (handler: RecordingHandler) => Promise<AwsCredentials>,
): Promise<AwsCredentials> {
  const handler = recordingHandler(
    await context.requestHandler(),
    signal,
    context.attemptTimeoutMs,
  );
  try {
    return await work(handler);
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    const endpoint = context.endpoint(operation.startsWith('sso:') ? 'sso' : 'sts');
    throw toAppError(handler.last.error ?? error, {
      operation,
      writes: false,
      connection: context.connection,
      connectionName: context.connectionName,
      endpoint,
      renewal: 'Renew the credentials it starts from, then try again.',
      ...(region === undefined ? {} : { region }),
    });
  }
}

/** The option for an own endpoint, where there is one. */
export function ownEndpoint(endpoint: string | undefined): { endpoint?: string } {
  return endpoint === undefined ? {} : { endpoint };
}

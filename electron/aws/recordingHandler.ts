import { AttemptTimeout } from './failure';
import type { RequestHandler } from './transports';

type Handle = RequestHandler['handle'];

/** A request handler that remembers how its last request went, because some SDK code hides it. */
export interface RecordingHandler {
  readonly metadata: RequestHandler['metadata'];
  readonly last: { error?: unknown; status?: number };
  readonly handle: Handle;
  readonly destroy: () => void;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => object;
}

/**
 * Puts a time limit and a caller's signal on the requests of SDK code that knows neither. The shared
 * handler below is left as it is.
 */
export function recordingHandler(
  inner: RequestHandler,
  signal: AbortSignal,
  timeoutMs: number,
): RecordingHandler {
  const last: RecordingHandler['last'] = {};
  return {
    metadata: inner.metadata,
    last,
    async handle(request, options) {
      delete last.error;
      delete last.status;
      const limit = AbortSignal.timeout(timeoutMs);
      try {
        const result = await inner.handle(request, {
          ...options,
          abortSignal: AbortSignal.any([signal, limit]),
        });
        last.status = result.response.statusCode;
        return result;
      } catch (error) {
        last.error = limit.aborted ? new AttemptTimeout() : error;
        throw last.error;
      }
    },
    destroy: () => {},
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

import type { AwsClient } from './clients';
import type { RequestHandler } from './transports';
import type { Turnstile } from './turnstile';

/** The part of the SDK's own clients that is used here. */
export interface SdkClient {
  readonly middlewareStack: {
    // The SDK's own type of a middleware is one for each kind of client.
    add(middleware: never, options: { step: 'deserialize'; name: string; priority: 'low' }): void;
  };
  send(command: never): Promise<unknown>;
}

interface Wrapped {
  readonly requestHandler: RequestHandler;
  wrap(client: SdkClient): AwsClient;
}

type Request = Parameters<RequestHandler['handle']>[0];
type Arguments = { readonly input: object; readonly request: Request };

/**
 * Carries a call's abort signal past the SDK's cache of middleware, which it uses only for calls without
 * options: by the command's input to the request, by the request to the handler. Answers go on through
 * the turnstile. The inner handler is shared and stays open.
 */
export function withSignals(inner: RequestHandler, turnstile: Turnstile): Wrapped {
  const byInput = new WeakMap<object, AbortSignal>();
  const byRequest = new WeakMap<object, AbortSignal>();

  const remember =
    (next: (given: Arguments) => Promise<unknown>) =>
    (given: Arguments): Promise<unknown> => {
      const signal = byInput.get(given.input);
      if (signal) byRequest.set(given.request, signal);
      return next(given);
    };

  return {
    requestHandler: {
      metadata: inner.metadata,
      async handle(request, options) {
        const abortSignal = byRequest.get(request);
        const answer = await inner.handle(request, {
          ...options,
          ...(abortSignal && { abortSignal }),
        });
        await turnstile.pass();
        return answer;
      },
      destroy: () => {},
    },
    wrap(client) {
      client.middlewareStack.add(remember as never, {
        step: 'deserialize',
        name: 'rememberSignal',
        priority: 'low',
      });
      return {
        send(command, { abortSignal }) {
          byInput.set((command as { input: object }).input, abortSignal);
          return client.send(command as never);
        },
      };
    },
  };
}

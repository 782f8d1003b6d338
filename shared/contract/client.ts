import { AppError } from '../model/errors';
import type { CallOptions, Contract, ContractClient, Method } from './define';
import { replySchema, type Request, type Transport } from './wire';

interface Pending {
  readonly method: Method;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: ((value: unknown) => void) | undefined;
}

/**
 * Makes a typed client of a contract over a transport. A call rejects with AppError only; aborting
 * its signal rejects at once with `cancelled` and tells the other side to stop.
 */
export function createClient<C extends Contract>(
  contract: C,
  transport: Transport,
): ContractClient<C> {
  const pending = new Map<string, Pending>();
  let lastId = 0;

  transport.receive((message) => {
    const reply = replySchema.safeParse(message);
    if (!reply.success) {
      // Rather an error than a call that never ends.
      const id = (message as { id?: unknown } | undefined | null)?.id;
      const call = typeof id === 'string' ? pending.get(id) : undefined;
      if (!call) return;
      pending.delete(String(id));
      call.reject(new AppError('internal', 'The reply does not fit the contract.'));
      return;
    }
    const call = pending.get(reply.data.id);
    if (!call) return; // ended or cancelled: late replies are of no interest
    if (reply.data.kind === 'progress') {
      const progress = call.method.progress.safeParse(reply.data.value);
      if (progress.success) call.onProgress?.(progress.data);
      return;
    }
    pending.delete(reply.data.id);
    if (reply.data.kind === 'error') {
      const { code, message: text, detail } = reply.data.error;
      call.reject(new AppError(code, text, detail));
      return;
    }
    const output = call.method.output.safeParse(reply.data.value);
    if (output.success) call.resolve(output.data);
    else call.reject(new AppError('internal', 'The reply does not fit the contract.'));
  });

  function call(
    name: string,
    method: Method,
    input: unknown,
    options: CallOptions<unknown> = {},
  ): Promise<unknown> {
    const { signal, onProgress, files } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      const parsed = method.input.safeParse(input);
      if (!parsed.success) {
        return reject(new AppError('bad-request', `${name}: ${firstIssue(parsed.error.issues)}`));
      }
      const id = String(++lastId);
      const onAbort = () => {
        if (!pending.delete(id)) return;
        reject(cancelled());
        trySend({ kind: 'cancel', id });
      };
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          signal?.removeEventListener('abort', onAbort);
          then(value);
        };
      pending.set(id, { method, resolve: settle(resolve), reject: settle(reject), onProgress });
      signal?.addEventListener('abort', onAbort, { once: true });
      if (!trySend({ kind: 'call', id, method: name, input: parsed.data }, files)) {
        pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
        reject(new AppError('internal', 'The call could not be sent.'));
      }
    });
  }

  /** False where the transport cannot take it: closed, or a value that cannot be copied. */
  function trySend(request: Request, files?: readonly unknown[]): boolean {
    try {
      if (files) transport.send(request, files);
      else transport.send(request);
      return true;
    } catch {
      return false;
    }
  }

  return Object.fromEntries(
    Object.entries(contract).map(([feature, methods]) => [
      feature,
      Object.fromEntries(
        Object.entries(methods).map(([name, method]) => [
          name,
          (input: unknown, options?: CallOptions<unknown>) =>
            call(`${feature}.${name}`, method, input, options),
        ]),
      ),
    ]),
  ) as ContractClient<C>;
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.');
}

/** Names the first thing that is wrong with a value: `rows.3.region: expected string`. */
export function firstIssue(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): string {
  const [issue] = issues;
  if (!issue) return 'not as the contract says';
  const path = issue.path.map(String).join('.');
  return path ? `${path}: ${issue.message}` : issue.message;
}

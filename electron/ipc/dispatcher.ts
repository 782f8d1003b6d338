import { firstIssue } from '../../shared/contract/client';
import type { Contract, ContractHandlers, Method } from '../../shared/contract/define';
import { requestSchema, type Reply, type Request } from '../../shared/contract/wire';
import { AppError, toErrorInfo, type ErrorCode } from '../../shared/model/errors';

/** What the dispatcher tells its owner about a call that ended; `input` is as parsed. */
export interface EndedCall {
  readonly method: string;
  readonly spec: Method;
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: ErrorCode;
}

export interface DispatcherOptions {
  /** Called with every thrown value that is no AppError, and with replies that break the contract. */
  readonly onDefect: (method: string, error: unknown) => void;
  /** Called before the reply of every call goes out, so that an action is on record before it is acknowledged. */
  readonly onEnd?: (call: EndedCall) => void;
}

/** One caller's connection to the dispatcher. */
export interface Session {
  /** Takes any value at all; answers through the session's `reply` and never throws. */
  handle(message: unknown): void;
  /** Cancels what still runs, for when the caller is gone. */
  close(): void;
}

export interface Dispatcher {
  open(reply: (reply: Reply) => void): Session;
}

/**
 * Answers the calls of a contract with its handlers. Input and output are parsed by the method's
 * schemas, so nothing that the contract does not name passes either way; errors leave as code,
 * sentence and facts only. It knows nothing of Electron.
 */
export function createDispatcher<C extends Contract>(
  contract: C,
  handlers: ContractHandlers<C>,
  options: DispatcherOptions,
): Dispatcher {
  const methods = new Map<string, { spec: Method; run: Handler }>();
  for (const [feature, specs] of Object.entries(contract)) {
    for (const [name, spec] of Object.entries(specs)) {
      const run = handlers[feature]?.[name] as Handler | undefined;
      if (!run) throw new Error(`${feature}.${name} has no handler`);
      methods.set(`${feature}.${name}`, { spec, run });
    }
  }

  function open(send: (reply: Reply) => void): Session {
    const running = new Map<string, AbortController>();

    async function answer({ id, method: name, input }: CallRequest): Promise<void> {
      const abort = new AbortController();
      running.set(id, abort);
      const reply = await settle(name, input, abort, (value) => {
        if (running.get(id) === abort) send({ kind: 'progress', id, value });
      });
      // A cancelled call has been given up by its caller: nobody waits for the reply.
      if (running.delete(id)) send({ id, ...reply });
    }

    return {
      handle(message) {
        const request = requestSchema.safeParse(message);
        if (!request.success) return;
        if (request.data.kind === 'cancel') {
          const abort = running.get(request.data.id);
          running.delete(request.data.id);
          abort?.abort();
        } else if (!running.has(request.data.id)) {
          void answer(request.data);
        }
      },
      close() {
        const all = [...running.values()];
        running.clear();
        for (const abort of all) abort.abort();
      },
    };
  }

  async function settle(
    name: string,
    rawInput: unknown,
    abort: AbortController,
    send: (value: unknown) => void,
  ): Promise<Ending> {
    const entry = methods.get(name);
    if (!entry) {
      return failure(new AppError('unknown-method', 'There is no such call.'));
    }
    const { spec, run } = entry;
    const input = spec.input.safeParse(rawInput);
    if (!input.success) {
      return failure(new AppError('bad-request', `${name}: ${firstIssue(input.error.issues)}`));
    }
    const progress = (value: unknown) => {
      const parsed = spec.progress.safeParse(value);
      if (parsed.success) send(parsed.data);
      else options.onDefect(name, parsed.error);
    };
    try {
      const raw = await run(input.data, { signal: abort.signal, progress });
      const output = spec.output.safeParse(raw);
      if (!output.success) throw output.error;
      options.onEnd?.({ method: name, spec, input: input.data, output: output.data });
      return { kind: 'value', value: output.data };
    } catch (thrown) {
      const error = abort.signal.aborted ? new AppError('cancelled', 'Cancelled.') : thrown;
      if (!(error instanceof AppError)) options.onDefect(name, error);
      const info = toErrorInfo(error);
      endSafely(name, { method: name, spec, input: input.data, error: info.code });
      return { kind: 'error', error: info };
    }
  }

  function endSafely(name: string, call: EndedCall): void {
    try {
      options.onEnd?.(call);
    } catch (error) {
      options.onDefect(name, error);
    }
  }

  return { open };
}

type Handler = (
  input: unknown,
  context: { signal: AbortSignal; progress: (value: unknown) => void },
) => unknown;
type CallRequest = Extract<Request, { kind: 'call' }>;
type Ending =
  { kind: 'value'; value: unknown } | { kind: 'error'; error: ReturnType<typeof toErrorInfo> };

function failure(error: AppError): Ending {
  return { kind: 'error', error: toErrorInfo(error) };
}

import { setMaxListeners } from 'node:events';
import { firstIssue } from '../../shared/contract/client';
import type { Contract, ContractHandlers, Method } from '../../shared/contract/define';
import { requestSchema, type Reply, type Request } from '../../shared/contract/wire';
import { AppError, toErrorInfo, type ErrorCode, type ErrorInfo } from '../../shared/model/errors';

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
  /**
   * Called before the reply of every call goes out, so that an action is on record before it is
   * acknowledged. What it throws after a success becomes the reply: it could not be recorded.
   */
  readonly onEnd?: (call: EndedCall) => void;
}

/** One caller's connection to the dispatcher. */
export interface Session {
  /**
   * Takes any value at all; answers through the session's `reply` and never throws.
   * @param files paths that go with a call; only from whoever the transport trusts with them
   */
  handle(message: unknown, files?: readonly string[]): void;
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

  function open(deliver: (reply: Reply) => void): Session {
    const running = new Map<string, AbortController>();
    let closed = false;

    /** The caller's side may have gone away or be unable to take a value: no reason for us to fail. */
    function send(name: string, reply: Reply): void {
      try {
        deliver(reply);
      } catch (error) {
        options.onDefect(name, error);
      }
    }

    async function answer(
      { id, method: name, input }: CallRequest,
      files: readonly string[],
    ): Promise<void> {
      const abort = new AbortController();
      setMaxListeners(0, abort.signal); // an inventory has hundreds of requests on one signal
      running.set(id, abort);
      const reply = await settle(name, input, abort, files, (value) => {
        if (running.get(id) === abort) send(name, { kind: 'progress', id, value });
      });
      // A cancelled call has been given up by its caller: nobody waits for the reply. Its id may
      // even be in use again.
      if (running.get(id) !== abort) return;
      running.delete(id);
      send(name, { id, ...reply });
    }

    return {
      handle(message, files = []) {
        const request = parseRequest(message);
        if (!request || closed) return;
        if (request.kind === 'cancel') {
          const abort = running.get(request.id);
          running.delete(request.id);
          abort?.abort();
        } else if (!running.has(request.id)) {
          void answer(request, files);
        }
      },
      close() {
        closed = true;
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
    files: readonly string[],
    send: (value: unknown) => void,
  ): Promise<Ending> {
    const entry = methods.get(name);
    if (!entry) {
      return failure(new AppError('unknown-method', 'There is no such call.'));
    }
    const { spec, run } = entry;
    const input = parseInput(spec, rawInput);
    if ('reason' in input) {
      return failure(new AppError('bad-request', `${name}: ${input.reason}`));
    }
    const progress = (value: unknown) => {
      const parsed = spec.progress.safeParse(value);
      if (parsed.success) send(parsed.data);
      else options.onDefect(name, parsed.error);
    };
    let output: unknown;
    try {
      output = spec.output.parse(await run(input.data, { signal: abort.signal, progress, files }));
    } catch (thrown) {
      const error = abort.signal.aborted ? new AppError('cancelled', 'Cancelled.') : thrown;
      const ending = failed(name, error);
      // That this call failed is told in any case, also where it cannot be recorded.
      end(name, { method: name, spec, input: input.data, error: ending.error.code });
      return ending;
    }
    const notRecorded = end(name, { method: name, spec, input: input.data, output });
    return notRecorded ?? { kind: 'value', value: output };
  }

  /** Tells the owner; gives the failure where the owner could not take it. */
  function end(name: string, call: EndedCall): Failure | undefined {
    try {
      options.onEnd?.(call);
      return undefined;
    } catch (error) {
      return failed(name, error);
    }
  }

  function failed(name: string, error: unknown): Failure {
    if (!(error instanceof AppError)) options.onDefect(name, error);
    return failure(error);
  }

  return { open };
}

type Handler = (
  input: unknown,
  context: {
    signal: AbortSignal;
    progress: (value: unknown) => void;
    files: readonly string[];
  },
) => unknown;
type CallRequest = Extract<Request, { kind: 'call' }>;
type Failure = { kind: 'error'; error: ErrorInfo };
type Ending = { kind: 'value'; value: unknown } | Failure;

function failure(error: unknown): Failure {
  return { kind: 'error', error: toErrorInfo(error) };
}

/** The request in a message, or undefined. A value with getters or traps may throw while it is read. */
function parseRequest(message: unknown): Request | undefined {
  try {
    return requestSchema.safeParse(message).data;
  } catch {
    return undefined;
  }
}

function parseInput(spec: Method, input: unknown): { data: unknown } | { reason: string } {
  try {
    const { success, data, error } = spec.input.safeParse(input);
    return success ? { data } : { reason: firstIssue(error.issues) };
  } catch {
    return { reason: 'cannot be read' };
  }
}

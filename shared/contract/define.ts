import { z } from 'zod';

/**
 * One call between the processes: what goes in, what comes back, what is told on the way.
 * `action: true` marks what an operator does (as opposed to looks at): the journal records it.
 */
export interface Method<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends z.ZodType = z.ZodType,
> {
  readonly summary: string;
  readonly input: I;
  readonly output: O;
  readonly progress: P;
  readonly action: boolean;
}

interface MethodOptions<I, O, P> {
  summary: string;
  input?: I;
  output?: O;
  progress?: P;
  action?: boolean;
}

const nothing = z.undefined();
type Nothing = typeof nothing;

/** Declares one method; what is left out is "nothing". */
export function method<
  I extends z.ZodType = Nothing,
  O extends z.ZodType = Nothing,
  P extends z.ZodType = z.ZodNever,
>(options: MethodOptions<I, O, P>): Method<I, O, P> {
  return {
    summary: options.summary,
    input: (options.input ?? nothing) as I,
    output: (options.output ?? nothing) as O,
    progress: (options.progress ?? z.never()) as P,
    action: options.action ?? false,
  };
}

export type Feature = Readonly<Record<string, Method>>;
export type Contract = Readonly<Record<string, Feature>>;

/** What a handler may use while it works on one call. */
export interface CallContext<P> {
  /** Aborted when the caller cancels or its window goes away. */
  readonly signal: AbortSignal;
  /** Tells the caller how far the work is; dropped silently after the call has ended. */
  readonly progress: (value: P) => void;
  /** Paths of the files that came with the call; see Transport. */
  readonly files?: readonly string[];
}

export type InputOf<M> = M extends Method<infer I> ? z.output<I> : never;
export type OutputOf<M> = M extends Method<z.ZodType, infer O> ? z.output<O> : never;
export type ProgressOf<M> = M extends Method<z.ZodType, z.ZodType, infer P> ? z.output<P> : never;

/** The functions that answer one feature's methods. */
export type FeatureHandlers<F extends Feature> = {
  readonly [K in keyof F]: (
    input: InputOf<F[K]>,
    context: CallContext<ProgressOf<F[K]>>,
  ) => Promise<OutputOf<F[K]>> | OutputOf<F[K]>;
};
export type ContractHandlers<C extends Contract> = {
  readonly [K in keyof C]: FeatureHandlers<C[K]>;
};

export interface CallOptions<P> {
  signal?: AbortSignal | undefined;
  onProgress?: ((value: P) => void) | undefined;
  /** Files that go with the call; see Transport. */
  files?: readonly unknown[] | undefined;
}
type Call<M> =
  undefined extends InputOf<M>
    ? (input?: InputOf<M>, options?: CallOptions<ProgressOf<M>>) => Promise<OutputOf<M>>
    : (input: InputOf<M>, options?: CallOptions<ProgressOf<M>>) => Promise<OutputOf<M>>;

/** The same methods as the caller sees them. */
export type ContractClient<C extends Contract> = {
  readonly [K in keyof C]: { readonly [M in keyof C[K]]: Call<C[K][M]> };
};

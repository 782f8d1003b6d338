import { z } from 'zod';
import { errorInfoSchema } from '../model/errors';

/** Longest id of a call, in characters: an id is a short counter, anything longer is an attack or a defect. */
export const maxIdLength = 64;

const id = z.string().min(1).max(maxIdLength);

/** From the caller to the dispatcher. `input` is checked by the method's own schema. */
export const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id, method: z.string().max(100), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id }),
]);
export type Request = z.infer<typeof requestSchema>;

/** From the dispatcher to the caller. */
export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id, value: z.unknown() }),
  z.object({ kind: z.literal('value'), id, value: z.unknown() }),
  z.object({ kind: z.literal('error'), id, error: errorInfoSchema }),
]);
export type Reply = z.infer<typeof replySchema>;

/**
 * The seam between a caller and the dispatcher: two functions. Electron's IPC, a worker and a plain
 * function call in tests and on the command line are implementations of it.
 */
export interface Transport {
  /**
   * @param files goes with a call: in the window `File`s that the operator dropped, of which the preload
   * tells main the paths (a page cannot name a path); on the command line and in tests the paths themselves
   */
  send(request: Request, files?: readonly unknown[]): void;
  /** Registers the one listener for replies. */
  receive(listener: (reply: unknown) => void): void;
}

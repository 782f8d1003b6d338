/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Beside those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The error's code, for `x-amzn-ErrorType`. */
  readonly errorType?: string;
  /** Nothing goes back: the client waits in vain, or its connection is cut. */
  readonly unanswered?: 'time-out' | 'cut';
}

export const jsonType = 'application/x-amz-json-1.1';

export const jsonAnswer = (status: number, value: object): Answer => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

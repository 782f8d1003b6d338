/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The error's code, for `x-amzn-ErrorType`. */
  readonly errorType?: string;
}

export const jsonType = 'application/x-amz-json-1.1';

export const jsonAnswer = (status: number, value: object): Answer => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

import { z } from 'zod';

const text = z.string().optional().catch(undefined);

const recordSchema = z.object({
  sharedEventID: text,
  requestID: text,
  userIdentity: z
    .object({
      arn: text,
      sessionContext: z
        .object({
          attributes: z
            .object({ creationDate: text, mfaAuthenticated: z.unknown() })
            .optional()
            .catch(undefined),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** What a record says beyond its row. What it does not say is absent. */
export interface RecordFacts {
  readonly sharedEventId?: string;
  readonly requestId?: string;
  /** What the session was named when the role was assumed: the last part of its ARN. */
  readonly sessionName?: string;
  /** When the session was created, ISO 8601. */
  readonly sessionCreated?: string;
}

/** Reads them from a record's JSON; a record that is none says nothing. */
export function recordFacts(raw: string): RecordFacts {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return {};
  }
  const { data } = recordSchema.safeParse(json);
  const arn = data?.userIdentity?.arn ?? '';
  const sessionName = /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
  const created = data?.userIdentity?.sessionContext?.attributes?.creationDate;
  return {
    ...(data?.sharedEventID !== undefined && { sharedEventId: data.sharedEventID }),
    ...(data?.requestID !== undefined && { requestId: data.requestID }),
    ...(sessionName !== undefined && { sessionName }),
    ...(created !== undefined && !Number.isNaN(Date.parse(created)) && { sessionCreated: created }),
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { AppEvent } from '../shared/contract/app';
import type { FeatureHandlers } from '../shared/contract/define';
import {
  maxRequestsPerPart,
  practiceRequestSchema,
  practiceStatusSchema,
  type practice as practiceContract,
} from '../shared/contract/practice';
import { AppError } from '../shared/model/errors';
import type { PracticeAccount } from './practiceAccount';
import { createPracticeControl, type PracticeControl } from './practiceControl';

export interface PracticePanelOptions {
  /** Absent where the program runs without one. */
  readonly practice: Pick<PracticeAccount, 'endpoint' | 'start'> | undefined;
  readonly emit: (event: AppEvent) => void;
}

/** A seed makes its estate by real operations: that takes its time. */
const resetTimeoutMs = 300_000;
/** How long the account is asked to wait for a request to report. */
const waitSeconds = 20;
/** Reports are at least so far apart: many requests go in one part. */
const restMs = 200;

const clockSchema = z.object({ now: z.string() });
const devicesSchema = z.object({
  users: z.array(
    z.object({ mfa: z.object({ serialNumber: z.string(), code: z.string() }).optional() }),
  ),
});
const partSchema = z.object({
  run: z.string(),
  last: z.number().int(),
  skipped: z.number().int(),
  requests: z.array(practiceRequestSchema),
});

/**
 * Answers the calls of the practice panel by the account's own controls, so that it is all the same
 * which process runs it. They fail with AppError `not-found` where there is no practice account.
 */
export function createPracticeHandlers({
  practice,
  emit,
}: PracticePanelOptions): FeatureHandlers<typeof practiceContract> {
  async function control(): Promise<PracticeControl> {
    if (!practice) {
      throw new AppError('not-found', 'Claviger runs without its practice account.');
    }
    await practice.start();
    return createPracticeControl(practice.endpoint);
  }

  return {
    async status(_input, { signal }) {
      const status = practiceStatusSchema.omit({ endpoint: true });
      const answer = await (await control()).get('status', status, { signal });
      return { ...answer, endpoint: practice?.endpoint.endpoint ?? '' };
    },
    async moveClock(input) {
      const account = await control();
      if ('to' in input) await requireForward(account, input.to);
      const move = 'to' in input ? { set: input.to } : { advance: input.by };
      const { now } = await account.post('clock', move, clockSchema);
      emit({ kind: 'practice-changed', change: 'clock', now });
      return { now };
    },
    async setQuotas({ mode }) {
      await (await control()).post('quotas', { mode }, z.unknown());
      return undefined;
    },
    async setFault(fault) {
      await (await control()).post('faults/set', fault, z.unknown());
      return undefined;
    },
    async clearFaults({ only }) {
      await (await control()).post('faults/clear', only ?? {}, z.unknown());
      return undefined;
    },
    async mfaCode({ serial }) {
      const { users } = await (await control()).get('identities', devicesSchema);
      const device = users.find(({ mfa }) => mfa?.serialNumber === serial)?.mfa;
      if (device) return { code: device.code };
      throw new AppError('not-found', `The practice account has no MFA device ${serial}.`);
    },
    async reset({ seed }) {
      const account = await control();
      await account.post('reset', { seed }, z.unknown(), { timeoutMs: resetTimeoutMs });
      const { now } = await account.get('clock', clockSchema);
      emit({ kind: 'practice-changed', change: 'reset', now });
      return undefined;
    },
    async watchRequests({ after, run }, { signal, progress }) {
      const account = await control();
      let known = { after, run };
      for (;;) {
        const query = new URLSearchParams({
          after: String(known.after),
          limit: String(maxRequestsPerPart),
          wait: String(waitSeconds),
          ...(known.run !== undefined && { run: known.run }),
        });
        const { last, ...part } = await account.get(`requests?${query.toString()}`, partSchema, {
          signal,
          timeoutMs: (waitSeconds + 20) * 1000,
        });
        if (part.run !== known.run || last !== known.after) progress(part);
        known = { after: last, run: part.run };
        await delay(restMs, undefined, { signal });
      }
    },
  };
}

/** The account's clock goes forward only, as time does; a reset puts it back. */
async function requireForward(account: PracticeControl, to: string): Promise<void> {
  const { now } = await account.get('clock', clockSchema);
  if (Date.parse(to) > Date.parse(now)) return;
  throw new AppError(
    'bad-request',
    `The practice account’s clock goes forward only, and it is ${now} there already. A reset puts it back.`,
  );
}

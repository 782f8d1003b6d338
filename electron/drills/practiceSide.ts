import { z } from 'zod';
import type { PracticeControl } from '../practiceControl';
import type { PracticeSide } from './ports';

const usersSchema = z.object({
  users: z.array(
    z.object({
      accountId: z.string(),
      arn: z.string(),
      accessKeyId: z.string(),
      secretAccessKey: z.string(),
      mfa: z.object({ serialNumber: z.string(), code: z.string() }).optional(),
    }),
  ),
});

/** The practice account's controls, as drills use them. `passed` is told its new time. */
export function createPracticeSide(
  control: () => Promise<PracticeControl>,
  passed: (now: string) => void,
): PracticeSide {
  return {
    async users() {
      const { users } = await (await control()).get('identities', usersSchema);
      return users.map(({ accountId, arn, ...user }) => ({
        ...user,
        arn,
        account: accountId,
        name: arn.split('/').at(-1) ?? arn,
      }));
    },
    async pass(ms) {
      const body = { advance: `PT${Math.ceil(ms / 1000)}S` };
      const { now } = await (await control()).post('clock', body, z.object({ now: z.string() }));
      passed(now);
      return new Date(now);
    },
    async setFault(fault) {
      await (await control()).post('faults/set', { ...fault, every: 1 }, z.unknown());
    },
    async clearFault(fault) {
      await (await control()).post('faults/clear', fault, z.unknown());
    },
    async muteAlarm(region, alarm, muted) {
      await (await control()).post('alarms', { region, alarm, muted }, z.unknown());
    },
  };
}

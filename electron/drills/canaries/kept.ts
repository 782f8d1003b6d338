import { z } from 'zod';
import {
  askedMaterialsSchema,
  canaryScheduleSchema,
  defaultCanarySchedule,
  type AskedMaterials,
  type CanarySchedule,
} from '../../../shared/model/drills/canarySchedule';
import type { ValueStore } from '../../settings/index';

const agreedSchema = z.object({ at: z.string(), by: z.string() });
const scheduleSchema = z.object({
  schedule: canaryScheduleSchema,
  /** Who agreed to the calls that it takes, and when. */
  agreed: agreedSchema.optional(),
  /** From then on it counts. */
  from: z.string(),
});
const lookSchema = z.object({ at: z.string(), keys: z.array(askedMaterialsSchema) });

const names = { schedule: 'drills.canarySchedule', look: 'drills.canaryLook' };

/** The schedule of canaries and what the last look at the keys' materials gave, as they are stored. */
export function openKept(values: ValueStore, now: () => Date) {
  const readSchedule = () => scheduleSchema.safeParse(values.readValue(names.schedule)).data;
  const readLook = () => lookSchema.safeParse(values.readValue(names.look)).data;
  return {
    schedule: (): CanarySchedule => readSchedule()?.schedule ?? defaultCanarySchedule,
    agreed: () => readSchedule()?.agreed,
    look: readLook,
    /** When the materials are looked at next: at once for a schedule that is new, then `betweenMs` after the last look. */
    next(betweenMs: (look: { keys: readonly AskedMaterials[] }) => number): string | undefined {
      const kept = readSchedule();
      if (!kept?.schedule.on || kept.schedule.keys.length === 0) return undefined;
      const look = readLook();
      if (!look || look.at < kept.from) return kept.from;
      return new Date(Date.parse(look.at) + betweenMs(look)).toISOString();
    },
    write(schedule: CanarySchedule, agreedBy: string | undefined): void {
      const from = now().toISOString();
      const agreed = agreedBy === undefined ? {} : { agreed: { at: from, by: agreedBy } };
      values.writeValue(names.schedule, { schedule, from, ...agreed });
    },
    looked(keys: readonly AskedMaterials[]): void {
      values.writeValue(names.look, { at: now().toISOString(), keys });
    },
  };
}

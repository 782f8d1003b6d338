import { z } from 'zod';
import { isCanaryOf, type Canary } from '../envelope/canary';
import { errorInfoSchema } from '../errors';
import { keyRefSchema, type KeyRef } from '../key';

/** The calls that keeping canaries takes, as the operator is told before they agree. */
export const canaryCalls = {
  look: 'kms:ListKeyRotations',
  make: 'kms:GenerateDataKey',
} as const;

export const canaryScheduleSchema = z.object({
  on: z.boolean(),
  /** No key's newest canary may be older. */
  everyDays: z.number().int().min(1).max(366),
  keys: z.array(keyRefSchema).max(200),
});
export type CanarySchedule = z.infer<typeof canaryScheduleSchema>;

export const defaultCanarySchedule: CanarySchedule = { on: false, everyDays: 90, keys: [] };

const materialSchema = z.object({
  id: z.string(),
  /** `pending`: waits for its first rotation and has sealed nothing yet. */
  state: z.enum(['current', 'older', 'pending']),
  /** Of the rotation that brought it; the first material has none. */
  since: z.string().optional(),
});

/** A key's materials as KMS named them, or why it did not. */
export const askedMaterialsSchema = z.object({
  key: keyRefSchema,
  materials: z.array(materialSchema).max(1000).optional(),
  problem: errorInfoSchema.optional(),
  /** By the clock of the key's account. */
  asOf: z.string(),
});
export type AskedMaterials = z.infer<typeof askedMaterialsSchema>;

export const canaryCoverageSchema = z.object({
  key: keyRefSchema,
  /**
   * `covered`: the present material has a canary that is young enough. `due`: one is to be made.
   * `cannot-tell`: nobody knows which material is present.
   */
  state: z.enum(['covered', 'due', 'cannot-tell']),
  reason: z.string(),
  materials: z.array(
    materialSchema.extend({ canaries: z.number().int(), newest: z.string().optional() }),
  ),
  /** What went wrong the last time that its materials were asked for, or a canary was to be made. */
  problem: errorInfoSchema.optional(),
  /** When the materials were asked for, by the account's clock; absent where they never were. */
  asOf: z.string().optional(),
});
export type CanaryCoverage = z.infer<typeof canaryCoverageSchema>;

const dayMs = 86_400_000;

/**
 * Whether a key's present material has a canary that is young enough, and which of its materials have
 * none: no drill can open anything from these.
 * @param now by the clock of the key's account
 */
export function canaryCoverage(
  key: KeyRef,
  asked: AskedMaterials | undefined,
  canaries: readonly Canary[],
  everyDays: number,
  now: Date,
): CanaryCoverage {
  const own = canaries
    .filter((canary) => isCanaryOf(canary, key))
    .toSorted((a, b) => (a.created < b.created ? 1 : -1));
  const materials = (asked?.materials ?? []).map((material) => {
    const sealed = own.filter(({ keyMaterialId }) => keyMaterialId === material.id);
    const newest = sealed[0]?.created;
    return { ...material, canaries: sealed.length, ...(newest !== undefined && { newest }) };
  });
  return {
    key,
    materials,
    ...stateOf(own[0], materials, asked, everyDays, now),
    ...(asked?.problem && { problem: asked.problem }),
    ...(asked && { asOf: asked.asOf }),
  };
}

function stateOf(
  newest: Canary | undefined,
  materials: CanaryCoverage['materials'],
  asked: AskedMaterials | undefined,
  everyDays: number,
  now: Date,
): Pick<CanaryCoverage, 'state' | 'reason'> {
  if (newest === undefined) return { state: 'due', reason: 'The key has no canary yet.' };
  const current = materials.find(({ state }) => state === 'current');
  if (current?.canaries === 0 && newest.keyMaterialId !== undefined) {
    return { state: 'due', reason: 'The key was rotated: its present material has no canary.' };
  }
  const ageDays = Math.floor((now.getTime() - Date.parse(newest.created)) / dayMs);
  const age = ageDays === 1 ? 'a day' : `${ageDays} days`;
  if (ageDays >= everyDays) return { state: 'due', reason: `Its newest canary is ${age} old.` };
  if (current && current.canaries > 0) {
    const young = ageDays < 1 ? 'from today' : `${age} old`;
    return {
      state: 'covered',
      reason: `The present material has a canary; the newest is ${young}.`,
    };
  }
  if (current) return { state: 'cannot-tell', reason: 'No canary says which material sealed it.' };
  const why = asked
    ? (asked.problem?.message ?? 'KMS does not say which material is present.')
    : 'Its materials were not asked for yet.';
  return { state: 'cannot-tell', reason: why };
}

/** Older materials that no canary is of: too late to make one, but an envelope from then can be kept as one. */
export function withoutCanary({ materials }: CanaryCoverage): CanaryCoverage['materials'] {
  return materials.filter(({ state, canaries }) => state === 'older' && canaries === 0);
}

/** Whether the program may make canaries with a key only after the operator has agreed to the calls. */
export function needsAgreement({ connection }: KeyRef): boolean {
  return connection !== 'practice' && !connection.startsWith('practice:');
}

/** How the keeping of canaries stands. */
export const canaryKeepingSchema = z.object({
  schedule: canaryScheduleSchema,
  /** Who agreed to the calls that it takes, and when. */
  agreed: z.object({ at: z.string(), by: z.string() }).optional(),
  lookedAt: z.string().optional(),
  nextAt: z.string().optional(),
  /** Of the keys of the schedule, as of the last look. */
  keys: z.array(canaryCoverageSchema),
});
export type CanaryKeeping = z.infer<typeof canaryKeepingSchema>;

import {
  canaryCalls,
  canaryCoverage,
  needsAgreement,
  type AskedMaterials,
  type CanaryCoverage,
  type CanaryKeeping,
  type CanarySchedule,
} from '../../../shared/model/drills/canarySchedule';
import type { Canary } from '../../../shared/model/envelope/canary';
import {
  AppError,
  toErrorInfo,
  type ErrorCode,
  type ErrorInfo,
} from '../../../shared/model/errors';
import { keyRefString, type KeyRef } from '../../../shared/model/key';
import type { AwsGateway, Connections } from '../../aws/types';
import type { Canaries } from '../../envelope/index';
import type { ValueStore } from '../../settings/index';
import { openKept } from './kept';
import { askMaterials } from './materials';

export interface KeeperOptions {
  readonly canaries: Canaries;
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly values: ValueStore;
  readonly operator: string;
  readonly now: () => Date;
}

export interface Made {
  readonly made: Canary[];
  readonly problems: { readonly key: KeyRef; readonly error: ErrorInfo }[];
}

export interface RoundOptions {
  readonly keys?: readonly KeyRef[] | undefined;
  /** Also where none is due. */
  readonly always?: boolean | undefined;
  readonly note?: string | undefined;
  readonly signal: AbortSignal;
  readonly progress?: (done: number, expected: number) => void;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** What goes over by itself, or with a login: tried again within the day. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'expired-credentials',
  'no-credentials',
  'clock-skew',
  'mfa-required',
  'throttled',
  'unreachable',
  'timeout',
]);

/** Keeps a canary of each material of the chosen keys: one for each new material, and a young one at all times. */
export function createCanaryKeeper(options: KeeperOptions) {
  const { canaries, gateway, connections, values, operator, now } = options;
  const kept = openKept(values, now);
  let wanted = false;

  async function coverageOf(
    keys: readonly KeyRef[],
    asked: readonly AskedMaterials[],
  ): Promise<CanaryCoverage[]> {
    const [all, byKey] = [
      canaries.list(),
      new Map(asked.map((one) => [keyRefString(one.key), one])),
    ];
    const { everyDays } = kept.schedule();
    return Promise.all(
      keys.map(async (key) => {
        const at = await connections.now(key.connection).catch(now);
        return canaryCoverage(key, byKey.get(keyRefString(key)), all, everyDays, at);
      }),
    );
  }

  async function look(keys: readonly KeyRef[], signal: AbortSignal): Promise<AskedMaterials[]> {
    return Promise.all(keys.map((key) => askMaterials(key, { gateway, connections }, signal)));
  }

  function next(): string | undefined {
    const at = kept.next(({ keys }) =>
      keys.some(({ problem }) => problem && passing.has(problem.code)) ? hourMs : dayMs,
    );
    return at !== undefined && wanted ? now().toISOString() : at;
  }

  return {
    async read(): Promise<CanaryKeeping> {
      const schedule = kept.schedule();
      const looked = kept.look();
      return {
        schedule,
        agreed: kept.agreed(),
        lookedAt: looked?.at,
        nextAt: next(),
        keys: await coverageOf(schedule.keys, looked?.keys ?? []),
      };
    },
    nextAt: next,
    /** Keys may have been rotated: the next look is now, unless the last one was just before. */
    bringForward(): void {
      const last = kept.look()?.at;
      if (last === undefined || now().getTime() - Date.parse(last) > hourMs) wanted = true;
    },
    /** Throws AppError `bad-request` where keys of a real account are chosen and nobody agreed to the calls. */
    write(schedule: CanarySchedule, agreed: boolean): void {
      const real = schedule.keys.some(needsAgreement);
      if (schedule.on && real && !agreed) {
        throw new AppError(
          'bad-request',
          `Nobody agreed that Claviger calls ${canaryCalls.look} once a day and ${canaryCalls.make} for each canary with these keys: agree, or choose keys of the practice account only.`,
        );
      }
      kept.write(schedule, schedule.on && agreed ? operator : undefined);
    },
    /** Asks KMS for the materials of the chosen keys; what is due then is made on schedule, at once where that is on. */
    async lookNow(signal: AbortSignal): Promise<void> {
      kept.looked(await look(kept.schedule().keys, signal));
      wanted = true;
    },
    /** Coverage of any keys, asked now. */
    async coverage(keys: readonly KeyRef[], signal: AbortSignal): Promise<CanaryCoverage[]> {
      return coverageOf(keys, await look(keys, signal));
    },
    /** Looks at the keys' materials and makes the canaries that are due: of the chosen keys, or of those that are named. */
    async make({ keys, always = false, note, signal, progress }: RoundOptions): Promise<Made> {
      const of = keys ?? kept.schedule().keys;
      const asked = await look(of, signal);
      const made: Canary[] = [];
      const problems: { key: KeyRef; error: ErrorInfo }[] = [];
      for (const [done, one] of (await coverageOf(of, asked)).entries()) {
        progress?.(done, of.length);
        if (one.state !== 'due' && !always) continue;
        try {
          made.push(await canaries.make(one.key, note ?? noteOf(one), signal));
        } catch (error) {
          if (!(error instanceof AppError) || error.code === 'cancelled') throw error;
          problems.push({ key: one.key, error: toErrorInfo(error) });
        }
      }
      progress?.(of.length, of.length);
      if (!keys) {
        const failed = new Map(problems.map(({ key, error }) => [keyRefString(key), error]));
        kept.looked(
          asked.map((one) => ({
            ...one,
            problem: failed.get(keyRefString(one.key)) ?? one.problem,
          })),
        );
        wanted = false;
      }
      return { made, problems };
    },
  };
}
export type CanaryKeeper = ReturnType<typeof createCanaryKeeper>;

function noteOf({ reason }: CanaryCoverage): string {
  return `On schedule. ${reason}`;
}

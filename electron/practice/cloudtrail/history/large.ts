import type { Workload } from './history';
import { agents, role } from './people';
import type { HistoryPlan } from './plan';

/** So many events the whole history has, about. */
const events = 1_000_000;

/** The roles of the teams. */
export const teams = Array.from({ length: 40 }, (_, index) => `team-${index}`);

/** Forty teams that use ten thousand keys around the clock. */
export function largeWorkloads(plan: HistoryPlan): Workload[] {
  const who = teams.map((team, index) =>
    role(team, `10.${index}.0.10`, index % 2 === 0 ? agents.java : agents.node),
  );
  const hours = (plan.to - plan.from) / 3_600_000;
  return plan.regions.flatMap((region) => {
    const keys = plan.keys.filter((key) => key.region === region);
    const perHour = events / plan.regions.length / hours;
    const of = (name: string, share: number): Workload => ({
      who,
      region,
      name,
      keys,
      perHour: perHour * share,
      rhythm: 'steady',
      parameters: (key) =>
        name === 'GenerateDataKey'
          ? { keySpec: 'AES_256', keyId: key?.arn }
          : { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', keyId: key?.arn },
    });
    return [
      of('Decrypt', 0.6),
      of('GenerateDataKey', 0.38),
      {
        ...of('Decrypt', 0.02),
        error: {
          code: 'AccessDeniedException',
          message: (arn) =>
            `User is not authorized to perform: kms:Decrypt on resource: ${arn} because no resource-based policy allows the kms:Decrypt action`,
        },
      },
    ];
  });
}

import { elbPolicyOf } from './elb';
import { gradeOf } from './grade';
import { guideVerdicts } from './guide';
import type { Judgement } from './judgement';
import { ownPolicyRows } from './ownPolicyRows';
import type { OwnPolicy } from './ownPolicySchema';
import { postQuantumVerdict } from './postQuantum';
import { profilesOf } from './profiles';
import type { Observation } from './result';

export interface JudgeOptions {
  /** When it is judged; certificates are judged by the scan's own time. */
  readonly now: Date;
  /** Policies that the endpoint is to satisfy, beside the usual two. */
  readonly elbPolicies?: readonly string[] | undefined;
  readonly ownPolicy?: OwnPolicy | undefined;
  readonly clientCertificateExpected?: boolean | undefined;
}

/** What a scan comes to. Pure: the same observation always gives the same judgement. */
export function judge(observation: Observation, options: JudgeOptions): Judgement {
  const judged = {
    grade: gradeOf(observation),
    profiles: profilesOf(observation),
    elbPolicy: elbPolicyOf(observation, options.elbPolicies),
    postQuantum: postQuantumVerdict(observation),
    guide: guideVerdicts(observation, options.clientCertificateExpected),
  };
  const { ownPolicy } = options;
  return { ...judged, ownPolicy: ownPolicy ? ownPolicyRows(ownPolicy, observation, judged) : [] };
}

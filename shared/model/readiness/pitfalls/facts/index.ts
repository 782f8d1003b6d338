import type { JudgeContext } from '../../check';
import type { ReadinessEvidence } from '../../sources';
import type { PitfallId } from '../pitfall';
import { certificateFacts } from './certificates';
import { clientSideFacts } from './clientSide';
import { escrowFacts } from './escrow';
import type { PitfallFact } from './fact';
import { metadataFacts } from './metadata';
import { tlsFacts } from './tls';

/** What the evidence says to a pitfall beside its checks; nothing where it has another live part. */
export function pitfallFacts(
  id: PitfallId,
  evidence: ReadinessEvidence,
  now: JudgeContext['now'],
): PitfallFact[] {
  return factsBy[id]?.(evidence, now) ?? [];
}

const factsBy: Readonly<
  Partial<
    Record<PitfallId, (evidence: ReadinessEvidence, now: JudgeContext['now']) => PitfallFact[]>
  >
> = {
  metadata: metadataFacts,
  tls: tlsFacts,
  'client-side': clientSideFacts,
  escrow: escrowFacts,
  certificates: certificateFacts,
};

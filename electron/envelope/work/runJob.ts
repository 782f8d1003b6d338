import { openEnvelope } from './open';
import { rekeyEnvelope } from './rekey';
import { sealSource } from './seal';
import type { Hands, Job, Outcome } from './types';

/** Does one job, on whichever thread it is called. Rejects with AppError, unless it is a defect. */
export function runJob(job: Job, hands: Hands): Promise<Outcome> {
  if (job.kind === 'seal') return sealSource(job, hands);
  return job.kind === 'open' ? openEnvelope(job, hands) : rekeyEnvelope(job, hands);
}

import { fail, pass, type Finding } from './finding';
import { trailEvidence, type JudgedTrail } from './judgedTrail';

/** Does CloudTrail encrypt its log files with a KMS key (SSE-KMS), so that reading them needs two permissions? */
export function bucketKey(trail: JudgedTrail): Finding {
  const { kmsKeyId, name } = trail.facts;
  return {
    verdict:
      kmsKeyId === undefined
        ? fail(
            `The trail ${name} names no KMS key: its log files carry S3's own encryption.`,
            `aws cloudtrail update-trail --name ${name} --kms-key-id KEY, with a key policy that lets CloudTrail use the key.`,
          )
        : pass(`The log files of ${name} are encrypted with ${kmsKeyId}.`),
    evidence: [trailEvidence(trail, { KmsKeyId: kmsKeyId ?? 'none' })],
  };
}

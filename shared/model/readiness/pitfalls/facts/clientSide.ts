import { known } from '../../../facet';
import { tlsOnly } from '../../checks/in-transit/tlsOnly';
import type { ReadinessEvidence } from '../../sources';
import { fact, gathered, notRead, untoldFact, type PitfallFact } from './fact';

/** What the server side enforces by itself: buckets, and key policies that demand an encryption context. */
export function clientSideFacts({ posture, keys }: ReadinessEvidence): PitfallFact[] {
  return [...bucketFacts(posture), ...policyFacts(keys)];
}

function bucketFacts(posture: ReadinessEvidence['posture']): PitfallFact[] {
  const read = posture?.flatMap((scope) => scope.posture ?? []) ?? [];
  if (read.length === 0) return notRead('Buckets');
  const found = gathered(read.map(({ buckets }) => buckets));
  const buckets = found.told.flat();
  const encrypted = gathered(buckets.map(({ encryption }) => encryption));
  const policies = gathered(buckets.map(({ policy }) => policy));
  const byKms = encrypted.told.filter(({ algorithm }) => algorithm.startsWith('aws:kms'));
  const strict = buckets.filter(
    ({ name, policy }) => 'answer' in policy && tlsOnly(policy.answer, name).value === 'pass',
  );
  return [
    fact(
      'Buckets that encrypt with a KMS key by themselves',
      `${byKms.length} of ${buckets.length}.`,
    ),
    fact('Buckets that refuse requests without TLS', `${strict.length} of ${buckets.length}.`),
    ...untoldFact('Buckets not read', [...found.untold, ...encrypted.untold, ...policies.untold]),
  ];
}

function policyFacts(keys: ReadinessEvidence['keys']): PitfallFact[] {
  if (!keys) return notRead('Key policies');
  const rows = keys
    .flatMap((scope) => scope.rows)
    .filter((row) => known(row.metadata)?.keyManager !== 'AWS' && row.change?.kind !== 'gone');
  const readings = rows.map((row) => ({ row, binds: known(row.policy)?.namesContext }));
  const binding = readings.filter(({ binds }) => binds === true);
  const untold = readings.filter(({ binds }) => binds === undefined);
  return [
    fact(
      'Key policies with a condition on the encryption context',
      `${binding.length} of ${rows.length}.`,
      binding.map(({ row }) => known(row.aliases)?.[0] ?? row.keyId),
    ),
    ...(untold.length > 0
      ? [
          {
            ...fact('Key policies not read', `${untold.length} of ${rows.length}.`),
            untold: true,
          },
        ]
      : []),
  ];
}

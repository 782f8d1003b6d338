import type { DigestResult } from '../../../../shared/model/events/digestReport';
import type { Link } from '../link';
import type { JudgedSignature } from '../signature';
import type { TrailPublicKey } from '../digestFile';

/** A digest that was validated, as far as its evidence needs it; the file itself is read again. */
export interface DigestEvidence {
  readonly key: string;
  /** SHA-256 of the uncompressed file, hex. */
  readonly hash: string;
  /** As it stands at the end of the validation. */
  readonly result: Readonly<DigestResult>;
  readonly signature?: string | undefined;
  readonly fingerprint?: string | undefined;
}

/** What a validation leaves for its evidence: one small record for each digest, and the public keys. */
export interface EvidenceIndex {
  readonly digests: readonly DigestEvidence[];
  readonly keys: ReadonlyMap<string, TrailPublicKey>;
  add(link: Link, judged: JudgedSignature | undefined): void;
}

/** An index to add to: empty, or with what another thread has gathered. */
export function createEvidenceIndex(
  gathered: readonly DigestEvidence[] = [],
  gatheredKeys: readonly TrailPublicKey[] = [],
): EvidenceIndex {
  const digests = [...gathered];
  const keys = new Map(gatheredKeys.map((key) => [key.fingerprint, key]));
  return {
    digests,
    keys,
    add({ name, read, result }, judged) {
      if (!read) return;
      digests.push({
        key: name.key,
        hash: read.hash,
        result,
        signature: judged?.signature,
        fingerprint: judged?.key.fingerprint,
      });
      if (judged) keys.set(judged.key.fingerprint, judged.key);
    },
  };
}

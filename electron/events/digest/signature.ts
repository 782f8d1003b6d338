import { isSigned, type TrailPublicKey } from './digestFile';
import { fault, type Found, type Link } from './link';
import { withoutPrefix } from './trailFiles';

/** A digest's signature as it was had, and the key that must have made it. */
export interface JudgedSignature {
  /** Hex. */
  readonly signature: string;
  readonly key: TrailPublicKey;
}

/**
 * Judges a digest's signature. A copy in a folder has lost the object's metadata; the digest after it
 * holds the signature too. Undefined where signature or key are not at hand, which is noted.
 */
export function judgeSignature(
  link: Link,
  next: Link | undefined,
  keys: readonly TrailPublicKey[],
  found: Found,
): JudgedSignature | undefined {
  const { name, read, result } = link;
  if (!read || result.state === 'invalid') return undefined;
  const { digest } = read;
  const follows = withoutPrefix(next?.read?.digest.previousDigestS3Object ?? '') === name.key;
  const bySuccessor = follows ? next?.read?.digest.previousDigestSignature : undefined;
  const signature = link.signature ?? bySuccessor ?? undefined;
  const key = keys.find(({ fingerprint }) => fingerprint === digest.digestPublicKeyFingerprint);
  if (digest.digestSignatureAlgorithm !== 'SHA256withRSA') {
    return doubt(`Its signature algorithm ${digest.digestSignatureAlgorithm} is not known.`);
  }
  if (signature === undefined) {
    return doubt(
      'Its signature is not at hand: it stands in the metadata of the object in the bucket, and in the next digest.',
    );
  }
  if (key === undefined) {
    return doubt(`CloudTrail's public key ${digest.digestPublicKeyFingerprint} is not at hand.`);
  }
  if (isSigned(read, signature, key)) result.state = 'valid';
  else {
    fault(
      link,
      found,
      'forged',
      "Its signature is not one of CloudTrail's key over these bytes at this place.",
      [
        {
          what: 'Signature',
          expected: `one of CloudTrail's key ${key.fingerprint}`,
          found: signature,
        },
        {
          what: 'Where the signature stands',
          found: link.signature === undefined ? 'in the next digest' : 'in the object’s metadata',
        },
        { what: 'SHA-256 of the uncompressed file', found: read.hash },
        { what: 'Place', found: `${digest.digestS3Bucket}/${digest.digestS3Object}` },
      ],
      { actual: read.hash },
    );
  }
  return { signature, key };

  function doubt(why: string): undefined {
    result.why = why;
    found.unknowns.push({ object: name.key, why });
    return undefined;
  }
}

/**
 * Takes out of a text what may be a secret: AWS keys, tokens and signatures, private keys, values of
 * fields that are named like secrets, and blobs long enough to be key material. It rather takes too
 * much than too little: key ids, ARNs and request ids stay.
 */
export function redact(text: string): string {
  return patterns.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    text,
  );
}

const secretName =
  '(?:secret[-_ ]?(?:access[-_ ]?)?key|secret[-_ ]?string|session[-_ ]?token|security[-_ ]?token|access[-_ ]?token|refresh[-_ ]?token|client[-_ ]?secret|password|passphrase|plaintext|private[-_ ]?key(?:[-_ ]?plaintext)?|key[-_ ]?material|mfa[-_ ]?code|token[-_ ]?code|authorization)';

const patterns: readonly (readonly [RegExp, string])[] = [
  // PEM of anything private, to its end or to the end of the text.
  [
    /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/g,
    '[private key]',
  ],
  // The whole header of SigV4, and its parts in a presigned URL.
  [/AWS4-HMAC-SHA256[^\n"']*/g, '[signature]'],
  [/(X-Amz-(?:Signature|Security-Token|Credential)=)[^&\s"']*/gi, '$1[redacted]'],
  // `"secretAccessKey": "..."`, `aws_secret_access_key = ...`, `Authorization: ...`, also escaped within JSON.
  [
    new RegExp(
      `(${secretName}\\\\?["']?\\s*[:=]\\s*)(\\\\?"(?:[^"\\\\]|\\\\[^"])*\\\\?"|'[^']*'|[^\\s,;}\\]]+)`,
      'gi',
    ),
    '$1[redacted]',
  ],
  // The ids of access keys: not secret, but they name a person's way in.
  [/\b(AKIA|ASIA)[A-Z0-9]{12,}([A-Z0-9]{4})\b/g, '$1…$2'],
  // Base64 as long as a secret access key (40 characters), a data key or more; an ARN has `:` between. What
  // begins as the path of a file does (`/home/`, `C:\`) stays: one random text in 10,000 begins so.
  [
    /(?<![A-Za-z0-9+/=_-])(?!\/[A-Za-z][a-z]+\/)(?=[A-Za-z0-9+/_-]*[0-9])(?=[A-Za-z0-9+/_-]*[a-z])(?=[A-Za-z0-9+/_-]*[A-Z])(?<!\b[A-Z]:\\(?:[^\\/:"'\n]+\\)*)[A-Za-z0-9+/_-]{40,}={0,2}(?![A-Za-z0-9+/=_-])/g,
    '[blob]',
  ],
];

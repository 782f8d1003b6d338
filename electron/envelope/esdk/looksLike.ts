/** Whether a file begins as a message of the AWS Encryption SDK does: version 2 and a suite, or version 1 and a type. */
export function looksLikeMessage(bytes: Uint8Array): boolean {
  const [version, second] = bytes;
  if (version === 2) return second === undefined || second === 0x04 || second === 0x05;
  return version === 1 && (second === undefined || second === 0x80);
}

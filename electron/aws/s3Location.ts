/**
 * Bucket and key of `s3://bucket/key`; without a key where a bucket alone is named, and neither where it is
 * no such address.
 */
export function s3Location(uri: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  return { bucket, key };
}

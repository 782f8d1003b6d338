/** The parts of a KMS key's ARN. */
export interface KeyArn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** `1234abcd-...` or `mrk-...`. */
  readonly keyId: string;
}

/** Takes the ARN of a key apart; undefined for anything else, also for an alias. */
export function parseKeyArn(arn: string): KeyArn | undefined {
  const found = /^arn:(aws[\w-]*):kms:([a-z0-9-]+):(\d{12}):key\/([\w-]{1,128})$/.exec(arn);
  if (!found) return undefined;
  const [, partition = '', region = '', account = '', keyId = ''] = found;
  return { partition, region, account, keyId };
}

/** Multi-Region keys share key id and material in every Region (AWS KMS, "Multi-Region keys"). */
export function isMultiRegion({ keyId }: { readonly keyId: string }): boolean {
  return keyId.startsWith('mrk-');
}

/** The ARN of the same multi-Region key in another Region. */
export function inRegion({ partition, account, keyId }: KeyArn, region: string): string {
  return `arn:${partition}:kms:${region}:${account}:key/${keyId}`;
}

/** Whether two ARNs name one key, or the same multi-Region key in two Regions. */
export function isSameKey(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [parseKeyArn(a), parseKeyArn(b)];
  return (
    one !== undefined &&
    other !== undefined &&
    isMultiRegion(one) &&
    inRegion(one, '') === inRegion(other, '')
  );
}

/** Stands for `*` in a compiled pattern; policies cannot contain it. */
const any = '\u0001';
/** Stands for `?`. */
const one = '\u0002';

/** `*` and `?` of a policy's text become wildcards; everything else means itself. */
export function toPattern(text: string): string {
  return text.replaceAll('*', any).replaceAll('?', one);
}

/** Whether a value holds a character that would be taken for a wildcard. */
export function holdsWildcard(value: string): boolean {
  return value.includes(any) || value.includes(one);
}

/**
 * Whether a text fits a pattern made by toPattern. Takes time in proportion to both lengths multiplied
 * at worst, so that no policy can hold up the account.
 */
export function fits(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let afterStar = -1;
  let restart = 0;
  while (inText < text.length) {
    const wanted = pattern[at];
    if (wanted === any) {
      afterStar = ++at;
      restart = inText;
    } else if (wanted !== undefined && (wanted === one || wanted === text[inText])) {
      at++;
      inText++;
    } else if (afterStar >= 0) {
      at = afterStar;
      inText = ++restart;
    } else {
      return false;
    }
  }
  while (pattern[at] === any) at++;
  return at === pattern.length;
}

/**
 * Whether an ARN fits a pattern of one: part by part, so that a wildcard never reaches over a colon
 * into the next part; the last part, the resource, may hold colons itself.
 */
export function fitsArn(pattern: string, arn: string): boolean {
  if (pattern === any) return true;
  const wanted = partsOf(pattern);
  const parts = partsOf(arn);
  return wanted.length === parts.length && wanted.every((part, i) => fits(part, parts[i] ?? ''));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

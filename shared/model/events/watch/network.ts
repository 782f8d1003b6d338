export interface Network {
  /** `203.0.0.0/16`, `2001:db8::/32`. */
  readonly name: string;
  /** An address that the internet does not route: a VPC endpoint, a machine's own. */
  readonly private: boolean;
}

/**
 * The network of a source address as CloudTrail writes it: /16 of IPv4, /32 of IPv6. Undefined for AWS
 * services (`s3.amazonaws.com`, `AWS Internal`), which have none. No country: a table of them would be
 * wrong for clouds and carriers, and old within weeks.
 */
export function networkOf(address: string): Network | undefined {
  const four = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}$/i.exec(address);
  if (four) {
    const [a, b] = [Number(four[1]), Number(four[2])];
    if (a > 255 || b > 255) return undefined;
    return { name: `${a}.${b}.0.0/16`, private: isPrivate(a, b) };
  }
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) return undefined;
  const groups = expand(address.toLowerCase());
  if (!groups) return undefined;
  const [first = 0, second = 0] = groups;
  const own = (first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80;
  const loopback = groups.slice(0, 7).every((group) => group === 0);
  const name = `${first.toString(16)}:${second.toString(16)}::/32`;
  return { name, private: own || loopback };
}

/** RFC 1918, 6598 (shared by carriers and used by VPCs), 3927, and the machine's own. */
function isPrivate(a: number, b: number): boolean {
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254)
  );
}

function expand(address: string): number[] | undefined {
  const [head = '', tail, ...more] = address.split('::');
  if (more.length > 0) return undefined;
  const parts = (text: string) => (text === '' ? [] : text.split(':'));
  const [front, back] = [parts(head), parts(tail ?? '')];
  const gap = tail === undefined ? 0 : 8 - front.length - back.length;
  const all = [...front, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...back];
  if (all.length !== 8 || all.some((group) => !/^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return all.map((group) => Number.parseInt(group, 16));
}

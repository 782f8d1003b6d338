import type { Caller } from '../sigv4/verify';
import type { Lookup } from './template';

/** Every client comes over the loopback. */
const sourceIp = '127.0.0.1';

export interface Circumstances {
  readonly caller: Caller;
  readonly region: string;
  /** The account's time, milliseconds since 1970. */
  readonly now: number;
}

/**
 * The global condition keys (`aws:...`) of a request; a key that it does not have is undefined.
 * The loopback stands for AWS's TLS endpoint, therefore aws:SecureTransport is true.
 * Source: IAM user guide, "AWS global condition context keys".
 */
export function globalKeys({ caller, region, now }: Circumstances): Lookup {
  const { identity } = caller;
  const session = identity?.session;
  return (key) => {
    if (key.startsWith('aws:principaltag/')) {
      return caselessEntry(identity?.tags, key.slice('aws:principaltag/'.length));
    }
    switch (key) {
      case 'aws:principalarn':
        return identity && [identity.entityArn];
      case 'aws:principalaccount':
        return [caller.accountId];
      case 'aws:principaltype':
        return identity && [identity.type];
      case 'aws:userid':
        return [caller.userId];
      case 'aws:username':
        return identity?.userName === undefined ? undefined : [identity.userName];
      case 'aws:principalisawsservice':
      case 'aws:viaawsservice':
        return ['false'];
      case 'aws:sourceip':
        return [sourceIp];
      case 'aws:securetransport':
        return ['true'];
      case 'aws:requestedregion':
        return [region];
      case 'aws:currenttime':
        return [new Date(now).toISOString()];
      case 'aws:epochtime':
        return [String(Math.floor(now / 1000))];
      case 'aws:tokenissuetime':
        return session && [new Date(session.issuedAt).toISOString()];
      case 'aws:sourceidentity':
        return session?.sourceIdentity === undefined ? undefined : [session.sourceIdentity];
      // Long-term credentials do not have the key at all; a role's session never proved a device.
      case 'aws:multifactorauthpresent':
        return session && [String(session.mfaAt !== undefined)];
      case 'aws:multifactorauthage':
        return session?.mfaAt === undefined
          ? undefined
          : [String(Math.max(0, Math.floor((now - session.mfaAt) / 1000)))];
      default:
        return undefined;
    }
  };
}

/** The value under a name, whatever its case: condition keys are not case-sensitive. */
export function caselessEntry(
  entries: Readonly<Record<string, string>> | undefined,
  name: string,
): readonly string[] | undefined {
  const values = Object.entries(entries ?? {})
    .filter(([key]) => key.toLowerCase() === name)
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values;
}

import type { KmsContext } from './context';
import type { Seal } from './crypto/seal';
import type { Keyring } from './keyring';
import type { GrantRecord } from './model';

const purpose = 'grant token';

/** A token of a grant: another one each time, and each good for as long as the grant is there. */
export function writeGrantToken(seal: Seal, { region, grantId }: GrantRecord): string {
  return seal.seal(Buffer.from(`${region}/${grantId}`), purpose).toString('base64');
}

/** The grant of this Region that a token stands for, in whatever account it is. */
export function grantOfToken(
  context: KmsContext,
  token: string,
): { readonly grant: GrantRecord; readonly ring: Keyring } | undefined {
  const [region, grantId = ''] =
    context.seal.open(Buffer.from(token, 'base64'), purpose)?.toString().split('/') ?? [];
  if (region !== context.region) return undefined;
  for (const ring of context.rings()) {
    const grant = ring.findGrant(region, grantId);
    if (grant) return { grant, ring };
  }
  return undefined;
}

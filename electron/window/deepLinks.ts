import { z } from 'zod';

/** The scheme that the operating system hands to Claviger. */
export const deepLinkScheme = 'claviger';

/**
 * Turns `claviger://keys?state=PendingDeletion` into the window's place `#/keys?state=PendingDeletion`,
 * or gives undefined. A link only says where to look: it is data from anywhere, and no place of the
 * window acts by being shown.
 */
export function parseDeepLink(text: string): string | undefined {
  const link = deepLinkSchema.safeParse(text);
  return link.success ? link.data : undefined;
}

/** The first deep link among a process's arguments, as Windows and Linux hand it over. */
export function findDeepLink(argv: readonly string[]): string | undefined {
  return argv.find((word) => word.toLowerCase().startsWith(`${deepLinkScheme}://`));
}

/** Names of views and parts of ARNs; what else a link needs is percent-encoded. */
const segment = /^[A-Za-z0-9_.~:@%-]+$/;
const placeSchema = z.object({
  protocol: z.literal(`${deepLinkScheme}:`),
  username: z.literal(''),
  password: z.literal(''),
  port: z.literal(''),
  hash: z.literal(''),
  hostname: z.string().regex(/^[a-z][a-z-]{1,30}$/),
  segments: z
    .array(
      z
        .string()
        .regex(segment)
        .refine(isDecodable)
        .refine((name) => !/^\.+$/.test(name)),
    )
    .max(8),
  search: z
    .string()
    .refine((search) => search === '' || /^\?[A-Za-z0-9_.~:@%&=+,*!/-]*$/.test(search)),
});

const deepLinkSchema = z
  .string()
  .max(2000)
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const segments = url?.pathname.split('/').filter(Boolean);
    const place = placeSchema.safeParse(
      url && {
        protocol: url.protocol,
        username: url.username,
        password: url.password,
        port: url.port,
        hash: url.hash,
        hostname: url.hostname,
        segments,
        search: url.search,
      },
    );
    if (!place.success) {
      context.addIssue('no place of the window');
      return z.NEVER;
    }
    const { hostname, search } = place.data;
    return `#/${[hostname, ...place.data.segments].join('/')}${search}`;
  });

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

import { randomInt } from 'node:crypto';
import type { Finding } from '../../../shared/model/tls/scan';
import type { Plan } from '../handshake';
import { offeredSuites } from '../handshake/suites';
import type { Dialer } from '../net/types';
import * as extension from '../wire/extensions';
import { extensionType, type Extension } from '../wire/extensions';
import { versionCode } from '../wire/versions';
import { seen, unknown } from './finding';
import { commonGroups, commonSignatures, sayHello, whyNoHello } from './helloProbes';

/** Pads hellos beyond 512 bytes, at which some load balancers stopped reading (RFC 7685 was made for 256 to 511). */
const paddingBytes = 700;

/**
 * Whether the server takes a long hello full of values that nobody has defined (RFC 8701). Where it does
 * not, the same hello without them tells whether they are the reason.
 */
export async function probeGrease(dialer: Dialer, plan: Plan): Promise<Finding> {
  const greased = await sayHello(dialer, helloOf(dialer, plan, true));
  if (greased.kind === 'hello') return seen(true);
  const plain = await sayHello(dialer, helloOf(dialer, plan, false));
  if (plain.kind !== 'hello') {
    return unknown(`A hello without such values failed too. ${whyNoHello(plain)}`);
  }
  // Once more: the first may have failed for a reason of its own.
  const again = await sayHello(dialer, helloOf(dialer, plan, true));
  if (again.kind === 'hello') return seen(true);
  return seen(false, `A long hello with undefined values fails. ${whyNoHello(greased)}`);
}

/** One of the sixteen values 0x0A0A, 0x1A1A, ... 0xFAFA. */
function grease(): number {
  return 0x0a0a + 0x1010 * randomInt(16);
}

function helloOf(
  dialer: Dialer,
  { version, suites = offeredSuites([versionCode[version]]) }: Plan,
  greased: boolean,
) {
  const add = (values: readonly number[], value = grease()) =>
    greased ? [value, ...values] : values;
  // A share must be of a group that is offered (RFC 8446 section 4.2.8).
  const group = grease();
  const modern = version === 'TLS1.3';
  const codes = greased ? [grease(), versionCode[version]] : [versionCode[version]];
  const extensions: Extension[] = [
    ...(greased ? [{ type: 0x0a0a, data: Buffer.alloc(0) }] : []),
    ...(modern
      ? [
          extension.supportedVersions(codes),
          extension.pskKeyExchangeModes(),
          extension.keyShare(greased ? [{ group, key: Buffer.alloc(1) }] : []),
        ]
      : []),
    ...(greased
      ? [
          { type: extensionType.padding, data: Buffer.alloc(paddingBytes) },
          { type: 0xfafa, data: Buffer.alloc(1) },
        ]
      : []),
  ];
  return {
    // TLS 1.3 looks like 1.2 but for its extensions, which are our own here.
    version: modern ? 'TLS1.2' : version === 'SSLv2' ? 'SSLv3' : version,
    suites: add(suites),
    sni: dialer.target.sni,
    groups: add(commonGroups, group),
    ...(version !== 'TLS1.0' &&
      version !== 'TLS1.1' && { signatureAlgorithms: add(commonSignatures) }),
    extensions,
    sessionId: modern ? Buffer.alloc(32, 7) : Buffer.alloc(0),
  } as const;
}

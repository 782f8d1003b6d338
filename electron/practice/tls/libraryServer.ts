import { constants } from 'node:crypto';
import { createServer, type ServerOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import type { Authority } from './authority';
import type { Configuration } from './servers';

/** Serves one connection; what came first is handed back into the socket before. */
export type Serve = (socket: Duplex) => void;

const hosts = ['localhost', '127.0.0.1'];
const usual = { kind: 'rsa', names: hosts, fromDay: -30, toDay: 335, chain: 'whole' } as const;
/** ECDHE with AES-GCM, by RSA and by ECDSA. */
const gcm =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384';
const cbc =
  'ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA:AES256-SHA';
/** Those that OpenSSL and BoringSSL both have. */
const groups = 'X25519:P-256:P-384';
/** Two servers on one port cannot read each other's tickets. */
const noTickets = { secureOptions: constants.SSL_OP_NO_TICKET };
const twoYears = 63_072_000;

/** Servers by the runtime's TLS library: HTTPS with a page and, where it shows, HSTS. */
export function libraryServer(
  configuration: Exclude<Configuration, 'frightful' | 'two-certificates'> | 'ecdsa' | 'rsa',
  authority: Authority,
): Serve {
  const modern = { minVersion: 'TLSv1.2', ciphers: gcm } as const;
  const settings: Record<typeof configuration, () => ServerOptions> = {
    modern: () => ({
      ...authority.identity({ ...usual, kind: 'ec', toDay: 59 }),
      minVersion: 'TLSv1.3',
    }),
    intermediate: () => ({ ...authority.identity(usual), ...modern }),
    rsa: () => ({ ...authority.identity(usual), ...modern, ...noTickets }),
    ecdsa: () => ({ ...authority.identity({ ...usual, kind: 'ec' }), ...modern, ...noTickets }),
    old: () => ({
      ...authority.identity(usual),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.2',
      ciphers: permissive(`${gcm}:${cbc}`),
    }),
    expired: () => ({
      ...authority.identity({ ...usual, fromDay: -95, toDay: -5 }),
      ...modern,
    }),
    'expires-soon': () => ({
      ...authority.identity({ ...usual, fromDay: -85, toDay: 5 }),
      ...modern,
    }),
    'wrong-host': () => ({
      ...authority.identity({ ...usual, names: ['elsewhere.example'] }),
      ...modern,
    }),
    'self-signed': () => ({
      ...authority.identity({ ...usual, chain: 'self' }),
      ...modern,
    }),
    'missing-intermediate': () => ({
      ...authority.identity({ ...usual, chain: 'alone' }),
      ...modern,
    }),
    'client-certificate': () => ({
      ...authority.identity(usual),
      ...modern,
      ca: authority.rootPem,
      // Who has none is refused: that is what Node does unless told otherwise.
      requestCert: true,
    }),
  };
  const hsts = configuration !== 'old';
  const server = createServer(
    { ...settings[configuration](), ecdhCurve: groups, honorCipherOrder: true },
    (_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/plain; charset=utf-8',
        connection: 'close',
        ...(hsts && { 'strict-transport-security': `max-age=${twoYears}; includeSubDomains` }),
      });
      response.end(`A practice server of Claviger: ${configuration}.\n`);
    },
  );
  // What goes wrong with one connection is that client's affair.
  server.on('tlsClientError', () => {});
  server.on('clientError', (_error, socket) => socket.destroy());
  return (socket) => void server.emit('connection', socket);
}

/** OpenSSL lets go of TLS 1.0 only at security level 0; BoringSSL has no levels, and refuses the word. */
function permissive(ciphers: string): NonNullable<TlsOptions['ciphers']> {
  return process.versions.openssl === '0.0.0' ? ciphers : `${ciphers}:@SECLEVEL=0`;
}

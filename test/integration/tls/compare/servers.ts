import { readFileSync } from 'node:fs';
import type { Offer } from './judges';
import { startNginx } from '../support/nginxServer';
import { startOldServer } from '../support/oldServer';
import type { OldNodeVersion } from '../support/oldNode';
import { startOpensslServer, type Certificates } from '../support/opensslServer';

export interface ComparedServer {
  readonly name: string;
  /** What its configuration says, where that is a plain list. */
  readonly configured?: Offer;
  /** Whether testssl.sh looks too: it takes its time, so one server of each kind is enough. */
  readonly testssl: boolean;
  start(certificates: Certificates): Promise<{ port: number; close(): Promise<void> }>;
}

/** Mozilla's intermediate list (guidelines 5.8), as its generator writes it for nginx. */
const intermediateCiphers =
  'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:' +
  'ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:' +
  'DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305';

/** From modern to frightful: every kind of stack that this machine can run. */
export const servers: readonly ComparedServer[] = [
  {
    name: 'nginx, Mozilla intermediate, RSA and ECDSA',
    testssl: true,
    // Without ssl_dhparam nginx takes no DHE suite.
    configured: {
      'TLS1.2': ['0xC02B', '0xC02C', '0xC02F', '0xC030', '0xCCA8', '0xCCA9'],
      'TLS1.3': ['0x1301', '0x1302', '0x1303'],
    },
    start: nginx('ssl_protocols TLSv1.2 TLSv1.3;', `ssl_ciphers ${intermediateCiphers};`),
  },
  {
    name: 'nginx, everything from TLS 1.0 to 1.2',
    testssl: true,
    start: nginx('ssl_protocols TLSv1 TLSv1.1 TLSv1.2;', 'ssl_ciphers ALL:eNULL:@SECLEVEL=0;'),
  },
  {
    name: 'nginx, order of its own, client certificate wanted',
    testssl: false,
    start: nginx(
      'ssl_protocols TLSv1.2 TLSv1.3;',
      'ssl_prefer_server_ciphers on;',
      'ssl_verify_client optional_no_ca;',
    ),
  },
  {
    name: 'openssl s_server, every suite it has',
    testssl: false,
    start: openssl('-www', '-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'),
  },
  {
    name: 'openssl s_server, TLS 1.3 only, all five suites',
    testssl: true,
    configured: { 'TLS1.3': ['0x1301', '0x1302', '0x1303', '0x1304', '0x1305'] },
    start: openssl('-www', '-tls1_3', '-ciphersuites', tls13Ciphersuites()),
  },
  { name: 'OpenSSL 1.0.0', testssl: true, start: old('0.8.28', { ciphers: 'ALL:eNULL' }) },
  { name: 'OpenSSL 1.0.1e', testssl: true, start: old('0.10.0', { ciphers: 'ALL:eNULL' }) },
  {
    name: 'OpenSSL 1.0.1u with SSLv3',
    testssl: false,
    start: old('0.12.18', { ciphers: 'ALL:eNULL' }, '--enable-ssl3'),
  },
  { name: 'OpenSSL 1.0.2o', testssl: false, start: old('4.9.1', { ciphers: 'ALL:eNULL' }) },
  { name: 'OpenSSL 1.0.2r', testssl: false, start: old('6.17.1', {}) },
  { name: 'OpenSSL 1.1.1k', testssl: false, start: old('10.24.1', {}) },
  { name: 'OpenSSL 3.5', testssl: true, start: old('26.10.0', {}) },
];

function tls13Ciphersuites(): string {
  const usual = [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
  ];
  return [...usual, 'TLS_AES_128_CCM_SHA256', 'TLS_AES_128_CCM_8_SHA256'].join(':');
}

function nginx(...directives: string[]): ComparedServer['start'] {
  return async (certificates) =>
    startNginx({
      certificates: [await certificates.of('rsa'), await certificates.of('ecdsa')],
      directives,
    });
}

function openssl(...args: string[]): ComparedServer['start'] {
  return async (certificates) => startOpensslServer(await certificates.of('rsa'), args);
}

function old(
  version: OldNodeVersion,
  options: Readonly<Record<string, unknown>>,
  ...flags: string[]
): ComparedServer['start'] {
  return async (certificates) => {
    const { cert, key } = await certificates.of('rsa');
    const pems = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
    return startOldServer(version, { ...pems, ...options }, flags);
  };
}

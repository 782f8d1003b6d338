import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeProtocols } from '../../../../electron/tls/probe';
import { loopbackDialer } from '../support/loopbackDialer';
import { createCertificates, type Certificates } from '../support/opensslServer';
import { offerOf, sslscanOffer, testsslOffer, withoutSsl } from './judges';
import { servers } from './servers';

/** testssl.sh takes 8 to 40 s for a server, and the machine may be busy. */
const patienceMs = 300_000;

let certificates: Certificates;
beforeAll(() => {
  certificates = createCertificates();
});
afterAll(() => certificates.remove());

describe.concurrent.each(servers)('$name', (compared) => {
  const { configured, testssl } = compared;
  it(
    `is seen as ${testssl ? 'testssl.sh and sslscan see' : 'sslscan sees'} it, by code point`,
    async () => {
      const server = await compared.start(certificates);
      try {
        const [probed, scanned, tested] = await Promise.all([
          probeProtocols(loopbackDialer(server.port), {
            parts: ['protocols', 'suites'],
            answerTimeoutMs: 20_000,
          }),
          sslscanOffer(server.port),
          testssl ? testsslOffer(server.port) : undefined,
        ]);
        const ours = offerOf(probed.protocols);
        expect(probed.protocols.filter(({ offered }) => offered === 'unknown')).toEqual([]);
        expect(probed.protocols.every(({ suitesComplete }) => suitesComplete)).toBe(true);
        if (tested) expect(ours).toEqual(tested);
        // sslscan sees SSLv2 and SSLv3 and knows none of their suites: its one difference.
        expect(withoutSsl(ours)).toEqual(withoutSsl(scanned));
        expect(Object.keys(ours).toSorted()).toEqual(Object.keys(scanned).toSorted());
        if (configured) expect(ours).toEqual(configured);
      } finally {
        await server.close();
      }
    },
    patienceMs,
  );
});

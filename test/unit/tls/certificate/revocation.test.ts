import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { checkCrl } from '../../../../electron/tls/certificate/crl';
import { createHttpFetch } from '../../../../electron/tls/certificate/httpFetch';
import { checkOcsp, ocspRequest } from '../../../../electron/tls/certificate/ocsp';
import { judgeRevocation, type HttpFetch } from '../../../../electron/tls/certificate/revocation';
import { createPki, server, type Issued, type Pki } from './pki';
import { createResponder, type Responder } from './responder';

let pki: Pki;
let root: Issued;
let leaf: Issued;
let revoked: Issued;
let responder: Responder;
/** A little after everything here was issued. */
const now = new Date(Date.now() + 60_000);
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
beforeAll(() => {
  pki = createPki();
  root = pki.issue('root');
  leaf = pki.issue('leaf', { issuer: root, extensions: server(), serial: 'ab01' });
  revoked = pki.issue('revoked', { issuer: root, extensions: server(), serial: 'ab02' });
  responder = createResponder(pki, root, [leaf, revoked]);
  responder.revoke(revoked);
});
afterAll(() => pki.remove());

const subject = (certificate: Issued, issuer: Issued | undefined = root) => ({
  certificate: certificate.x509,
  issuer: issuer?.x509,
});

describe('OCSP answers of openssl', () => {
  it('to a request that openssl reads', () => {
    const file = pki.file('request.der', ocspRequest(leaf.x509, root.x509));
    const { output, status } = pki.openssl('ocsp', '-reqin', file, '-req_text', '-noverify');
    expect(status).toBe(0);
    expect(output).toContain('Serial Number: AB01');
    const asked = ['-issuer', root.certFile, '-cert', leaf.certFile];
    const own = pki.openssl('ocsp', '-no_nonce', '-reqout', 'own.der', ...asked);
    expect(own.status).toBe(0);
    expect(ocspRequest(leaf.x509, root.x509)).toEqual(readFileSync(`${pki.dir}/own.der`));
  });

  it('good, revoked and unknown, signed by the issuer', () => {
    const stranger = pki.issue('unlisted', { issuer: root, extensions: server() });
    expect(checkOcsp(responder.answer(leaf), subject(leaf), now)).toMatchObject({
      kind: 'verified',
      status: 'good',
      scts: 0,
    });
    expect(checkOcsp(responder.answer(revoked), subject(revoked), now)).toMatchObject({
      kind: 'verified',
      status: 'revoked',
      revokedAt: new Date('2026-01-02T03:04:05Z'),
    });
    expect(checkOcsp(responder.answer(stranger), subject(stranger), now)).toMatchObject({
      kind: 'verified',
      status: 'unknown',
    });
  });

  it('signed by a responder that the issuer certified, named or by key', () => {
    const signer = pki.issue('signer', {
      issuer: root,
      extensions: ['extendedKeyUsage=OCSPSigning', 'noCheck=ignored'],
      key: ['rsa:2048'],
    });
    for (const options of [[], ['-resp_key_id'], ['-rmd', 'sha512']]) {
      const answer = responder.answer(leaf, { signer, options });
      expect(checkOcsp(answer, subject(leaf), now).kind).toBe('verified');
    }
  });

  it('for ids made with another digest', () => {
    const answer = responder.answer(leaf, { request: ['-sha256'] });
    expect(checkOcsp(answer, subject(leaf), now).kind).toBe('verified');
  });

  it('of nobody who may: without the right usage, of another authority, expired', () => {
    const wrongUsage = pki.issue('wrong-usage', { issuer: root, extensions: server() });
    const otherRoot = pki.issue('other-root');
    const usage = ['extendedKeyUsage=OCSPSigning'];
    const foreign = pki.issue('foreign', { issuer: otherRoot, extensions: usage });
    const impostor = pki.issue('impostor', { subject: '/CN=root' });
    for (const signer of [wrongUsage, foreign, otherRoot, impostor]) {
      expect(checkOcsp(responder.answer(leaf, { signer }), subject(leaf), now)).toEqual({
        kind: 'invalid',
        why: 'nobody who may has signed it',
      });
    }
    const short = pki.issue('short', { issuer: root, extensions: usage, days: 2 });
    const answer = responder.answer(leaf, { signer: short, days: 30 });
    expect(checkOcsp(answer, subject(leaf), now).kind).toBe('verified');
    expect(checkOcsp(answer, subject(leaf), later(3)).kind).toBe('invalid');
  });

  it('that are out of date, for another certificate, changed, cut off or refused', () => {
    const answer = responder.answer(leaf, { days: 4 });
    const why = (der: Buffer, certificate = leaf, at = now) => {
      const outcome = checkOcsp(der, subject(certificate), at);
      return outcome.kind === 'verified' ? outcome.status : `${outcome.kind}: ${outcome.why}`;
    };
    expect(why(answer, leaf, later(3))).toBe('good');
    expect(why(answer, leaf, later(5))).toMatch(/^invalid: it was good until/);
    expect(why(answer, leaf, later(-1))).toBe('invalid: it is from the future');
    expect(why(answer, revoked)).toBe('invalid: it is for another certificate');
    const endless = responder.answer(leaf, { days: 0 });
    expect(why(endless)).toBe('good');
    expect(why(endless, leaf, later(11))).toMatch(/^invalid: it is from .* and names no end/);
    // Without the signer's certificate the last bytes are the signature's.
    const changed = responder.answer(leaf, { options: ['-resp_no_certs'] });
    expect(why(changed)).toBe('good');
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(why(changed)).toMatch(/^invalid: /);
    expect(why(answer.subarray(0, 50))).toMatch(/^invalid: it is no OCSP answer/);
    expect(why(Buffer.from('30030a0103', 'hex'))).toBe('invalid: the responder says "try later"');
    expect(checkOcsp(answer, { certificate: leaf.x509, issuer: undefined }, now).kind).toBe(
      'unsure',
    );
  });
});

describe('revocation lists of openssl', () => {
  const url = 'http://crl.test/1';
  const check = (der: Buffer, certificate: Issued, at = now) =>
    checkCrl(der, { certificate: certificate.x509, issuer: root.x509, url }, at);

  it('good and revoked', () => {
    expect(check(responder.crl(), leaf)).toMatchObject({ kind: 'verified', status: 'good' });
    expect(check(responder.crl(), revoked)).toMatchObject({
      status: 'revoked',
      revokedAt: new Date('2026-01-02T03:04:05Z'),
    });
  });

  it('that are out of date, changed, of another authority, or no lists', () => {
    const list = responder.crl();
    expect(check(list, leaf, later(31))).toMatchObject({ kind: 'invalid' });
    const changed = Buffer.from(list);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(check(changed, leaf)).toMatchObject({ kind: 'invalid', why: 'its signature is wrong' });
    expect(check(Buffer.from('3000', 'hex'), leaf)).toMatchObject({ kind: 'invalid' });
    const other = pki.issue('crl-other');
    const foreign = createResponder(pki, other, []).crl();
    expect(check(foreign, leaf)).toMatchObject({
      kind: 'unsure',
      why: 'it is from another issuer',
    });
  });

  it('that speak only for some', () => {
    const limited = (lines: string[]) =>
      check(responder.crl(['crl_ext=idp', '[idp]', ...lines]), leaf);
    const idp = (...lines: string[]) => [
      'issuingDistributionPoint=critical,@point',
      '[point]',
      ...lines,
    ];
    expect(limited(idp('onlyuser=TRUE')).kind).toBe('verified');
    expect(limited(idp('onlyCA=TRUE'))).toMatchObject({
      kind: 'unsure',
      why: 'it is for other certificates',
    });
    expect(limited(idp(`fullname=URI:${url}`)).kind).toBe('verified');
    expect(limited(idp('fullname=URI:http://crl.test/2')).kind).toBe('unsure');
    expect(limited(idp('onlysomereasons=keyCompromise'))).toMatchObject({
      why: 'it is limited (only some reasons)',
    });
    expect(limited(idp('indirectCRL=TRUE'))).toMatchObject({ why: 'it is limited (indirect)' });
    expect(limited(['2.5.29.27=critical,DER:020101'])).toMatchObject({
      why: 'it is limited (only what changed)',
    });
  });

  it('of a hundred thousand entries, in bounded time', () => {
    responder.fill(100_000);
    const list = responder.crl();
    expect(list.length).toBeGreaterThan(2_000_000);
    const started = performance.now();
    expect(check(list, leaf)).toMatchObject({ status: 'good' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('asked over the network', () => {
  const closers: (() => void)[] = [];
  afterEach(() => closers.splice(0).forEach((close) => close()));

  /** A server on loopback that answers each path with bytes or a status; tells what it was asked. */
  async function serve(answers: Record<string, Buffer | number>) {
    const asked: string[] = [];
    const http = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const answer = answers[request.url ?? ''] ?? 404;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.end(answer);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    closers.push(() => http.close());
    return { asked, base: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
  }

  let fetch: HttpFetch;
  beforeEach(() => {
    fetch = createHttpFetch({ maxBytes: 100_000, timeoutMs: 5000 })();
  });
  const asking = (name: string, base: string, lines: string[]) =>
    pki.issue(name, {
      issuer: root,
      extensions: lines.map((line) => line.replaceAll('BASE', base)),
    });

  it('by OCSP, and by CRL where OCSP says nothing', async () => {
    const crlOnly = createResponder(pki, root, []);
    const answers: Record<string, Buffer | number> = { '/crl': crlOnly.crl(), '/ocsp': 500 };
    const { asked, base } = await serve(answers);
    const issued = asking('asking', base, [
      'authorityInfoAccess=OCSP;URI:BASE/ocsp',
      'crlDistributionPoints=URI:BASE/crl',
    ]);
    expect(await judgeRevocation(subject(issued), { fetch, now })).toMatchObject({
      value: 'pass',
      reason: expect.stringContaining(`Not revoked, says ${base}/crl`),
    });
    responder.list(issued);
    answers['/ocsp'] = responder.answer(issued);
    expect((await judgeRevocation(subject(issued), { fetch, now })).value).toBe('pass');
    responder.revoke(issued);
    answers['/ocsp'] = responder.answer(issued);
    expect(await judgeRevocation(subject(issued), { fetch, now })).toMatchObject({
      value: 'fail',
      reason: expect.stringMatching(/^Revoked on 2026-01-02T03:04:05.000Z, says http/),
    });
    expect(asked).toEqual(['POST /ocsp', 'GET /crl', 'POST /ocsp', 'POST /ocsp']);
    const again = asking('asking-again', base, ['crlDistributionPoints=URI:BASE/crl']);
    expect((await judgeRevocation(subject(again), { fetch, now })).value).toBe('pass');
    expect(asked).toHaveLength(4); // the list is kept
  });

  it('cannot tell where nobody answers rightly, and says what each said', async () => {
    const { base } = await serve({
      '/long': Buffer.alloc(200_000),
      '/nonsense': Buffer.from('hello'),
    });
    const issued = asking('unanswered', base, [
      'authorityInfoAccess=OCSP;URI:BASE/none,OCSP;URI:BASE/nonsense',
      'crlDistributionPoints=URI:BASE/long,URI:ldap://127.0.0.1/x',
    ]);
    const verdict = await judgeRevocation(subject(issued), { fetch, now });
    expect(verdict.value).toBe('cannot-tell');
    for (const part of [
      '/none: HTTP status 404',
      'no OCSP answer',
      'longer than 100000 bytes',
      'only http',
    ]) {
      expect(verdict.reason).toContain(part);
    }
  });

  it('not at all unless switched on, or where there is nobody to ask', async () => {
    const { asked, base } = await serve({});
    const issued = asking('not-asked', base, ['crlDistributionPoints=URI:BASE/crl']);
    expect(await judgeRevocation(subject(issued), { now })).toEqual({
      value: 'cannot-tell',
      reason: 'No valid staple came, and asking the authority over the network is switched off.',
    });
    const staple = checkOcsp(responder.answer(issued), subject(issued), now);
    expect(staple).toMatchObject({ kind: 'verified', status: 'unknown' });
    expect((await judgeRevocation(subject(issued), { now, staple })).reason).toMatch(
      /^The staple says "unknown", and/,
    );
    expect((await judgeRevocation(subject(leaf), { fetch, now })).value).toBe('not-applicable');
    expect((await judgeRevocation(subject(root), { fetch, now })).value).toBe('not-applicable');
    const noIssuer = { certificate: issued.x509, issuer: undefined };
    expect((await judgeRevocation(noIssuer, { fetch, now })).value).toBe('cannot-tell');
    expect(asked).toEqual([]);
  });

  it('never at link-local addresses, and for a bounded time', async () => {
    const lookup = (
      _: string,
      __: object,
      callback: (error: null, address: string, family: number) => void,
    ) => callback(null, '169.254.169.254', 4);
    const guarded = createHttpFetch({ maxBytes: 1000, timeoutMs: 5000, lookup })();
    const refused = { kind: 'failed', why: 'its address is link-local' };
    expect(await guarded({ url: 'http://metadata.test/' })).toEqual(refused);
    for (const host of ['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '2852039166']) {
      expect(await fetch({ url: `http://${host}/` })).toEqual(refused);
    }
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closers.push(
      () => silent.closeAllConnections(),
      () => silent.close(),
    );
    const { port } = silent.address() as AddressInfo;
    const ended = new AbortController();
    const waiting = createHttpFetch({ maxBytes: 1000, timeoutMs: 20_000 })(ended.signal);
    const answer = waiting({ url: `http://127.0.0.1:${port}/` });
    ended.abort();
    expect(await answer).toEqual({ kind: 'failed', why: 'the scan was ended' });
    const brief = createHttpFetch({ maxBytes: 1000, timeoutMs: 100 })();
    expect(await brief({ url: `http://127.0.0.1:${port}/` })).toEqual({
      kind: 'failed',
      why: 'no answer in time',
    });
    silent.closeAllConnections();
    silent.close();
    expect(await fetch({ url: `http://127.0.0.1:${port}/` })).toMatchObject({
      why: 'ECONNREFUSED',
    });
  });
});

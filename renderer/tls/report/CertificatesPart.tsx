import type { Certificate, PresentedChain } from '../../../shared/model/tls/certificate';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Badge, cx, inks, VerdictBadge } from '../../ui';
import { daysUntil, expiryWords } from '../expiry';
import { versionLooks } from '../versions';
import { CertificateFacts } from './CertificateFacts';
import { Disclosure } from './Disclosure';
import { FindingText } from './FindingText';
import { Nothing, ReportSection, SubTitle } from './Section';
import { VerdictLine, VerdictLines } from './VerdictLine';

/** Every chain that the server presents: who it is, who says so, and whether that holds. */
export function CertificatesPart({ result }: { result: ScanResult }) {
  const { certificates, certificatesNote, caa, parts } = result;
  return (
    <ReportSection
      id="certificates"
      title="Certificates"
      aside={certificates.length > 1 && `${certificates.length} chains`}
    >
      {certificates.length === 0 && (
        <Nothing>
          {certificatesNote ??
            (parts.includes('certificate')
              ? 'No certificate was seen.'
              : 'Certificates were not looked at in this scan.')}
        </Nothing>
      )}
      {certificates.map((chain, index) => (
        <Chain
          key={`${chain.chain[0]?.sha256} ${chain.sni.join()}`}
          chain={chain}
          number={certificates.length > 1 ? index + 1 : undefined}
          at={result.startedAt}
        />
      ))}
      {certificates.length > 0 && certificatesNote && (
        <p className={cx('mt-2 text-sm', inks.unsure)}>{certificatesNote}</p>
      )}
      {caa && (
        <>
          <SubTitle>Who may issue (CAA)</SubTitle>
          <p className="text-sm">
            <FindingText finding={caa} words={{ yes: 'Restricted by DNS', no: 'Not restricted' }} />
          </p>
          {caa.records.length > 0 && (
            <ul className="mt-1 font-mono text-xs">
              {caa.records.map((record) => (
                <li key={record} className="break-all">
                  {record}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </ReportSection>
  );
}

function Chain({
  chain,
  number,
  at,
}: {
  chain: PresentedChain;
  number: number | undefined;
  at: string;
}) {
  const [leaf] = chain.chain;
  if (!leaf) return null;
  return (
    <article className="mt-5 first:mt-0" aria-label={`Chain of ${leaf.subject}`}>
      <SubTitle>
        {number !== undefined && `Chain ${number}: `}
        {keyWords(leaf)}
        <span className="text-xs font-normal text-ink-3">
          {chain.versions.map((version) => versionLooks[version].name).join(', ')}
          {chain.sni.length === 1 &&
            (chain.sni[0] === 'with' ? ', only with the name (SNI)' : ', only without a name')}
        </span>
      </SubTitle>
      <VerdictLines label="Checks of the chain">
        <VerdictLine name="Validity" verdict={chain.validity} />
        <VerdictLine name="Name" verdict={chain.hostname} />
        {chain.trust.map(({ store, verdict }) => (
          <VerdictLine key={store} name={`Trust: ${store}`} verdict={verdict} />
        ))}
        <VerdictLine name="Revocation" verdict={chain.revocation} />
      </VerdictLines>
      <dl className="mt-2 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 px-3 text-sm">
        <dt className="text-ink-3">Order of the chain</dt>
        <dd>
          {answerWords(chain.ordered, 'right', 'wrong: some are not followed by their issuer')}
        </dd>
        <dt className="text-ink-3">Complete</dt>
        <dd>
          {answerWords(
            chain.complete,
            'yes',
            'no: the server leaves out an intermediate certificate',
          )}
        </dd>
        <dt className="text-ink-3">OCSP staple</dt>
        <dd>
          <FindingText finding={chain.staple} words={{ yes: 'sent', no: 'not sent' }} />
          {chain.staple.status && `, says ${chain.staple.status}`}
        </dd>
        <dt className="text-ink-3">Transparency (SCTs)</dt>
        <dd>
          {chain.scts.certificate} in the certificate, {chain.scts.tls} by TLS, {chain.scts.ocsp} by
          OCSP
        </dd>
      </dl>
      {chain.notes && chain.notes.length > 0 && (
        <ul aria-label="Notes on the chain" className="mt-2 list-disc space-y-0.5 pl-7 text-sm">
          {chain.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <ol
        aria-label="Certificates as presented"
        className="mt-3 divide-y divide-line rounded-md border border-line px-2"
      >
        {chain.chain.map((certificate, index) => (
          <li key={`${certificate.sha256} ${index}`} className="tls-link">
            <Disclosure
              summary={
                <>
                  <span className="w-26 shrink-0 text-xs text-ink-3">
                    {roleOf(certificate, index)}
                  </span>
                  <span className="min-w-0 flex-1 basis-60 font-medium break-words">
                    {certificate.subject || 'no subject'}
                  </span>
                  <span className="text-xs text-ink-2">{keyWords(certificate)}</span>
                  <span className="w-28 text-right text-xs text-ink-2">
                    {expiryWords(daysUntil(certificate.notAfter, Date.parse(at)))}
                  </span>
                  {certificate.selfSigned && index === 0 && <Badge tone="fail">self-signed</Badge>}
                  {weakHash(certificate) && (
                    <VerdictBadge value="fail">Weak signature</VerdictBadge>
                  )}
                </>
              }
            >
              <CertificateFacts certificate={certificate} />
            </Disclosure>
          </li>
        ))}
      </ol>
    </article>
  );
}

function roleOf({ selfSigned, isCa }: Certificate, index: number): string {
  if (index === 0) return 'Server';
  return selfSigned ? 'Root' : isCa ? 'Intermediate' : 'Further';
}

function keyWords({ key: { type, bits, curve } }: Certificate): string {
  return [type, curve ?? (bits === undefined ? undefined : `${bits} bits`)]
    .filter(Boolean)
    .join(' ');
}

/** SHA-1 and MD5 signatures count for nothing, but a root is trusted for itself. */
function weakHash({ signatureHash, selfSigned }: Certificate): boolean {
  return (
    !selfSigned && signatureHash !== undefined && /^(MD2|MD4|MD5|SHA-?1)$/i.test(signatureHash)
  );
}

function answerWords(answer: 'yes' | 'no' | 'unknown', yes: string, no: string) {
  if (answer === 'unknown') return <span className={inks.unsure}>cannot tell</span>;
  return answer === 'yes' ? yes : <span className={inks.fail}>{no}</span>;
}

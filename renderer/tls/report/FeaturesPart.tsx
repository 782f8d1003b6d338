import { hstsRemedy } from '../../../shared/model/tls/remedies';
import type { ReactNode } from 'react';
import type { HttpResult, TlsFeatures } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';
import { inks, KeyValue, type KeyValueRow } from '../../ui';
import { featureNames, goodAnswers } from './featureNames';
import { Disclosure } from './Disclosure';
import { FindingText } from './FindingText';
import { RemedyText } from './RemedyText';
import { Nothing, ReportSection } from './Section';

/** What hellos and finished handshakes show beside versions and suites. */
export function FeaturesPart({ result: { features } }: { result: ScanResult }) {
  return (
    <ReportSection id="features" title="Features">
      {features ? (
        <KeyValue
          rows={featureNames.map(([id, label]) => ({ label, value: featureText(features, id) }))}
        />
      ) : (
        <Nothing>The features were not looked at in this scan.</Nothing>
      )}
    </ReportSection>
  );
}

function featureText(features: TlsFeatures, id: keyof TlsFeatures): ReactNode {
  if (id === 'clientCertificate') {
    const { value, why, authorities } = features.clientCertificate;
    return (
      <>
        <span className={value === 'unknown' ? inks.unsure : undefined}>
          {certificateWords[value]}
        </span>
        {why && <span className="text-ink-2">: {why}</span>}
        {authorities.length > 0 && (
          <span className="block text-xs text-ink-2">Of: {authorities.join('; ')}</span>
        )}
      </>
    );
  }
  if (id === 'sni') {
    const { value, why } = features.sni;
    return (
      <>
        <span className={value === 'unknown' ? inks.unsure : undefined}>{sniWords[value]}</span>
        {why && <span className="text-ink-2">: {why}</span>}
      </>
    );
  }
  const more = detailOf(features, id);
  return (
    <>
      <FindingText finding={features[id]} good={goodAnswers[id]} words={featureWords[id]} />
      {more && `, ${more}`}
    </>
  );
}

/** What is known beside the answer: which protocols, for how long, how much. */
function detailOf(
  { alpn, sessionTickets, earlyData }: TlsFeatures,
  id: keyof TlsFeatures,
): string | undefined {
  if (id === 'alpn' && alpn.protocols.length > 0) return alpn.protocols.join(', ');
  if (id === 'sessionTickets' && sessionTickets.lifetimeSeconds !== undefined) {
    return `for ${seconds(sessionTickets.lifetimeSeconds)}`;
  }
  if (id === 'earlyData' && earlyData.maxBytes !== undefined) {
    return `up to ${earlyData.maxBytes.toLocaleString('en')} bytes`;
  }
  return undefined;
}

const featureWords: Readonly<
  Partial<Record<keyof TlsFeatures, { readonly yes: string; readonly no: string }>>
> = {
  alpn: { yes: 'negotiated', no: 'none' },
  earlyData: { yes: 'offered', no: 'not offered' },
};

const certificateWords = {
  none: 'not asked for',
  requested: 'asked for, not required',
  required: 'required by TLS',
  'required-by-http': 'required by HTTP: the handshake ends without one, the request is refused',
  unknown: 'Cannot tell',
} as const;

const sniWords = {
  same: 'the same answer as with it',
  'other-certificate': 'another certificate',
  refused: 'no handshake',
  unknown: 'Cannot tell',
} as const;

/** What the server says by HTTP: whether browsers are kept on https, and what it tells of itself. */
export function HttpPart({ result: { http, parts } }: { result: ScanResult }) {
  return (
    <ReportSection id="http" title="HTTP">
      {http ? (
        http.spoken.value === 'yes' ? (
          <>
            <KeyValue rows={httpRows(http)} />
            {http.hsts.value === 'no' && (
              <Disclosure summary="How to switch HSTS on">
                <RemedyText remedy={hstsRemedy} />
              </Disclosure>
            )}
          </>
        ) : (
          <Nothing>
            <FindingText
              finding={http.spoken}
              words={{ yes: '', no: 'It does not speak HTTP here' }}
            />
          </Nothing>
        )
      ) : (
        <Nothing>
          {parts.includes('http')
            ? 'Nothing is known of HTTP: no handshake was finished.'
            : 'HTTP was not looked at in this scan.'}
        </Nothing>
      )}
    </ReportSection>
  );
}

function httpRows({ status, hsts, redirect, banners, compression }: HttpResult): KeyValueRow[] {
  const { maxAgeSeconds, includeSubDomains, preload, header } = hsts;
  const hstsFacts = [
    maxAgeSeconds !== undefined && `for ${seconds(maxAgeSeconds)}`,
    includeSubDomains && 'with subdomains',
    preload && 'preload',
  ].filter(Boolean);
  return [
    ...(status === undefined ? [] : [{ label: 'Status', value: String(status) }]),
    {
      label: 'HSTS',
      value: (
        <>
          <FindingText finding={hsts} good="yes" words={{ yes: 'sent', no: 'not sent' }} />
          {hstsFacts.length > 0 && `, ${hstsFacts.join(', ')}`}
          {header && <code className="block text-xs break-all text-ink-2">{header}</code>}
        </>
      ),
    },
    {
      label: 'From port 80',
      value: (
        <>
          <FindingText
            finding={redirect}
            good="yes"
            words={{ yes: 'sent on to https', no: 'not sent on to https' }}
          />
          {redirect.location && (
            <code className="block text-xs break-all text-ink-2">
              {redirect.status} {redirect.location}
            </code>
          )}
        </>
      ),
    },
    { label: 'Compressed body', value: <FindingText finding={compression} /> },
    {
      label: 'Tells of itself',
      value:
        banners.length > 0
          ? banners.map(({ name, value }) => `${name}: ${value}`).join(', ')
          : 'nothing',
    },
  ];
}

/** `180 days`, `2 hours`, `30 s`. */
function seconds(value: number): string {
  if (value >= 86_400) return `${Math.floor(value / 86_400).toLocaleString('en')} days`;
  if (value >= 3600) return `${Math.floor(value / 3600)} hours`;
  return `${value} s`;
}

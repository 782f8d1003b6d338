import type { ProtocolResult } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Badge, cx, Identifier, inks, verdictLooks, type StatusLook } from '../../ui';
import { versionLooks } from '../versions';
import { Nothing, ReportSection } from './Section';
import { suiteFacts } from './suiteFacts';

/** Which versions are offered, and how a refusal looked. */
export function ProtocolsPart({ result: { protocols } }: { result: ScanResult }) {
  return (
    <ReportSection id="protocols" title="Protocols">
      {protocols.length === 0 ? (
        <Nothing>The versions were not looked at in this scan.</Nothing>
      ) : (
        <table className="tls-table">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">Offered</th>
              <th scope="col">Suites</th>
              <th scope="col">Order</th>
              <th scope="col">What was seen</th>
            </tr>
          </thead>
          <tbody>
            {protocols.toReversed().map((protocol) => {
              const { icon: Icon, word, tone } = lookOf(protocol);
              return (
                <tr key={protocol.version}>
                  <th scope="row">{versionLooks[protocol.version].name}</th>
                  <td>
                    <span className={cx('inline-flex items-center gap-1.5', inks[tone])}>
                      <Icon aria-hidden size={13} />
                      {word}
                    </span>
                  </td>
                  <td>
                    {protocol.offered === 'yes'
                      ? `${protocol.suites.length}${protocol.suitesComplete ? '' : ' or more'}`
                      : '-'}
                  </td>
                  <td>{protocol.offered === 'yes' ? preferenceWords[protocol.preference] : '-'}</td>
                  <td className="text-ink-2">
                    {protocol.why ??
                      (protocol.offered === 'yes' ? versionLooks[protocol.version].judgement : '')}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </ReportSection>
  );
}

/** Offered is good of a living version and bad of a dead one. */
function lookOf({ version, offered }: ProtocolResult): StatusLook {
  const { tone } = versionLooks[version];
  if (offered === 'unknown') return verdictLooks['cannot-tell'];
  if (offered === 'no') return { ...verdictLooks['not-applicable'], word: 'Not offered' };
  if (tone === 'pass') return { ...verdictLooks.pass, word: 'Offered' };
  return { icon: verdictLooks.fail.icon, tone, word: 'Offered' };
}

const preferenceWords = {
  server: "the server's",
  client: "the client's",
  unknown: 'cannot tell',
} as const;

/** Every suite by version, with what it is made of and what that is worth, in words and colour. */
export function SuitesPart({ result: { protocols } }: { result: ScanResult }) {
  const offered = protocols
    .filter((protocol) => protocol.offered === 'yes' && protocol.suites.length > 0)
    .toReversed();
  return (
    <ReportSection
      id="suites"
      title="Cipher suites"
      aside={offered.length > 0 && "In the server's order where it has one, else by code point"}
    >
      {offered.length === 0 && <Nothing>No suites were seen.</Nothing>}
      {offered.map((protocol) => (
        <SuiteTable key={protocol.version} protocol={protocol} />
      ))}
    </ReportSection>
  );
}

function SuiteTable({ protocol }: { protocol: ProtocolResult }) {
  const { version, suites, suitesComplete, preference, why } = protocol;
  return (
    <table className="tls-table tls-suites mt-4 first:mt-0">
      <caption>
        {versionLooks[version].name}{' '}
        <span className="font-normal text-ink-3">
          {suites.length} {suites.length === 1 ? 'suite' : 'suites'},{' '}
          {preference === 'unknown'
            ? 'whose order counts cannot be told'
            : `${preferenceWords[preference]} order counts`}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Suite</th>
          <th scope="col">Code</th>
          <th scope="col">Key exchange</th>
          <th scope="col">Forward secrecy</th>
          <th scope="col">AEAD</th>
          <th scope="col">Bits</th>
          <th scope="col">Strength</th>
        </tr>
      </thead>
      <tbody>
        {suites.map((suite) => {
          const facts = suiteFacts(suite, version);
          return (
            <tr key={suite.id}>
              <th scope="row" className="font-mono text-xs font-normal break-all">
                {suite.name}
              </th>
              <td>
                <Identifier value={suite.id} label="Code point" />
              </td>
              <td className="whitespace-nowrap">
                {facts.keyExchange}
                {facts.group && <span className="text-ink-2"> {facts.group}</span>}
              </td>
              <YesNo value={facts.forwardSecret} />
              <YesNo value={facts.aead} />
              <td className="text-right">{facts.bits ?? '?'}</td>
              <td title={facts.strength.why}>
                <Badge tone={facts.strength.tone}>{facts.strength.word}</Badge>
                {facts.strength.why && (
                  <span className="block text-2xs text-ink-3">{facts.strength.why}</span>
                )}
              </td>
            </tr>
          );
        })}
        {!suitesComplete && (
          <tr>
            <td colSpan={7} className={inks.unsure}>
              The list may be longer: {why ?? 'not every suite could be asked for'}.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function YesNo({ value }: { value: boolean | undefined }) {
  if (value === undefined) return <td className={inks.unsure}>cannot tell</td>;
  return <td className={value ? inks.pass : inks.stale}>{value ? 'yes' : 'no'}</td>;
}

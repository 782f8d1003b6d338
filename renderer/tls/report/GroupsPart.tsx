import { groups as groupTable } from '../../../shared/model/tls/registry';
import type { TlsVersion } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Badge, Identifier, inks, type Tone } from '../../ui';
import { versionLooks } from '../versions';
import { Nothing, ReportSection, SubTitle } from './Section';

/** Key exchange groups, Diffie-Hellman primes, and the algorithms by which the server signs. */
export function GroupsPart({ result }: { result: ScanResult }) {
  const { groups, groupsComplete, signatureAlgorithms, dhParameters, parts } = result;
  return (
    <ReportSection id="groups" title="Key exchange and signatures">
      <SubTitle>Groups</SubTitle>
      {groups.length === 0 ? (
        <Nothing>
          {parts.includes('groups')
            ? 'No group was seen.'
            : 'The groups were not looked at in this scan.'}
        </Nothing>
      ) : (
        <Codes
          label="Groups"
          codes={groups}
          marks={isPostQuantum}
          mark={{ tone: 'pass', word: 'post-quantum' }}
        />
      )}
      {groups.length > 0 && !groupsComplete && (
        <p className={`mt-1 text-sm ${inks.unsure}`}>
          The list may be longer: not every group could be asked for.
        </p>
      )}
      {dhParameters.length > 0 && (
        <>
          <SubTitle>Diffie-Hellman primes</SubTitle>
          <table className="tls-table">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Length</th>
                <th scope="col">Prime</th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {dhParameters.map(({ version, bits, known, exportGrade, primeSha256 }) => (
                <tr key={`${version} ${primeSha256} ${exportGrade}`}>
                  <th scope="row">{versionLooks[version].name}</th>
                  <td className={bits < 2048 ? inks.fail : undefined}>
                    {bits} bits{bits < 2048 && ', too short'}
                  </td>
                  <td>
                    {known ?? 'of its own'}
                    {exportGrade && ', with an export suite'}
                  </td>
                  <td>
                    <Identifier value={primeSha256} label="SHA-256 of the prime" max={Infinity} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {signatureAlgorithms.length > 0 && (
        <>
          <SubTitle>Signature algorithms</SubTitle>
          <Codes
            label="Signature algorithms"
            codes={signatureAlgorithms}
            marks={(name) => /sha1|md5/i.test(name)}
            mark={{ tone: 'fail', word: 'weak' }}
          />
        </>
      )}
    </ReportSection>
  );
}

/** Whether a group withstands a quantum computer. */
function isPostQuantum(name: string): boolean {
  return groupTable.some((group) => group.name === name && group.postQuantum);
}

function Codes({
  label,
  codes,
  marks,
  mark,
}: {
  label: string;
  codes: readonly { id: string; name: string; versions: readonly TlsVersion[] }[];
  /** Whether a name gets the mark. */
  marks: (name: string) => boolean;
  mark: { readonly tone: Tone; readonly word: string };
}) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1.5">
      {codes.map(({ id, name, versions }) => (
        <li
          key={id}
          className="flex items-center gap-2 rounded-md border border-line px-2 py-1 text-sm"
          title={versions.map((version) => versionLooks[version].name).join(', ')}
        >
          <span className="font-medium">{name}</span>
          <span className="font-mono text-2xs text-ink-3">{id}</span>
          <span className="text-2xs text-ink-3">
            {versions.map((version) => versionLooks[version].short).join(' ')}
          </span>
          {marks(name) && <Badge tone={mark.tone}>{mark.word}</Badge>}
        </li>
      ))}
    </ul>
  );
}

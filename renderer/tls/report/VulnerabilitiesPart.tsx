import type { Vulnerability } from '../../../shared/model/tls/scan';
import type { ScanResult } from '../../../shared/model/tls/result';
import { Badge } from '../../ui';
import {
  compareVulnerabilities,
  vulnerabilityLooks,
  vulnerabilityNames,
} from '../vulnerabilityNames';
import { Disclosure } from './Disclosure';
import { remedyOf } from '../../../shared/model/tls/remedies';
import { RemedyText } from './RemedyText';
import { Nothing, ReportSection } from './Section';

/** The known holes, what needs a person first, each with why it is said and how to close it. */
export function VulnerabilitiesPart({ result: { vulnerabilities } }: { result: ScanResult }) {
  const ordered = vulnerabilities.toSorted(compareVulnerabilities);
  const found = ordered.filter(
    ({ verdict }) => verdict === 'vulnerable' || verdict === 'potential',
  );
  return (
    <ReportSection
      id="vulnerabilities"
      title="Vulnerabilities"
      aside={ordered.length > 0 && `${found.length} of ${ordered.length} found`}
    >
      {ordered.length === 0 ? (
        <Nothing>Vulnerabilities were not looked for in this scan.</Nothing>
      ) : (
        <ul
          aria-label="Vulnerabilities"
          className="divide-y divide-line rounded-md border border-line"
        >
          {ordered.map((vulnerability) => (
            <Line key={vulnerability.id} vulnerability={vulnerability} />
          ))}
        </ul>
      )}
    </ReportSection>
  );
}

function Line({ vulnerability: { id, verdict, why } }: { vulnerability: Vulnerability }) {
  const { name, cve } = vulnerabilityNames[id];
  const { word, icon, tone } = vulnerabilityLooks[verdict];
  return (
    <li className="tls-keep grid grid-cols-[minmax(100px,200px)_124px_minmax(0,1fr)] items-start gap-x-3 px-3 py-1.5 text-sm">
      <div>
        <div className="font-medium">{name}</div>
        {cve && <div className="font-mono text-2xs text-ink-3 select-text">{cve}</div>}
      </div>
      <span>
        <Badge tone={tone} icon={icon}>
          {word}
        </Badge>
      </span>
      <div className="min-w-0">
        <p className="break-words">{why}</p>
        {(verdict === 'vulnerable' || verdict === 'potential') && (
          <Disclosure
            summary={
              <span>
                How to close it<span className="sr-only">: {name}</span>
              </span>
            }
          >
            <RemedyText remedy={remedyOf(id)} />
          </Disclosure>
        )}
      </div>
    </li>
  );
}

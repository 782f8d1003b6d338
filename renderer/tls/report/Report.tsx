import type { ErrorInfo } from '../../../shared/model/errors';
import type { ScanResult } from '../../../shared/model/tls/result';
import { CertificatesPart } from './CertificatesPart';
import { ConductPart, RawPart } from './ConductPart';
import { DemandsPart, PolicyPart, ProfilesPart } from './DemandsPart';
import { FeaturesPart, HttpPart } from './FeaturesPart';
import { GroupsPart } from './GroupsPart';
import { ChangesPart, HistoryPart, type HistoryEntry } from './HistoryPart';
import { ProtocolsPart, SuitesPart } from './ProtocolsPart';
import { VerdictPart } from './VerdictPart';
import { VulnerabilitiesPart } from './VulnerabilitiesPart';

/** Everything that one scan of one address says, from the verdict down to the raw result. */
export function Report({
  id,
  scan,
  result,
  entry,
  history,
}: {
  id: string;
  scan: number;
  result: ScanResult;
  /** This scan among the endpoint's history. */
  entry: HistoryEntry | undefined;
  history: {
    readonly entries: readonly HistoryEntry[] | undefined;
    readonly error: ErrorInfo | undefined;
    readonly retry: () => void;
  };
}) {
  return (
    <div className="max-w-240">
      <VerdictPart result={result} />
      <ChangesPart entry={entry} />
      {result.reachable && (
        <>
          <CertificatesPart result={result} />
          <ProtocolsPart result={result} />
          <SuitesPart result={result} />
          <GroupsPart result={result} />
          <VulnerabilitiesPart result={result} />
          <FeaturesPart result={result} />
          <HttpPart result={result} />
          <ProfilesPart result={result} />
          <PolicyPart result={result} />
          <DemandsPart result={result} />
        </>
      )}
      <HistoryPart
        id={id}
        scan={scan}
        entries={history.entries}
        error={history.error}
        onRetry={history.retry}
      />
      <ConductPart result={result} />
      <RawPart result={result} />
    </div>
  );
}

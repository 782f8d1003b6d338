import { ArrowLeft, Printer } from 'lucide-react';
import { frameworkIds, frameworkNames } from '../../../shared/model/readiness/frameworks';
import type { ReadinessReport } from '../../../shared/model/readiness/report/report';
import { reportTitle } from '../../../shared/model/readiness/report/reportBlocks';
import { useClient, useCommands, useQuery, useScreen } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { usePrint } from '../../app/usePrint';
import { Button, ErrorPanel, Loading, ScreenHeader, Select } from '../../ui';
import { Blocks } from './Blocks';
import './report.css';

/** The report as it is printed: whole, or for one framework. */
export function ReportView() {
  const { readiness } = useClient();
  const [query, setQuery] = useQuery();
  const framework = frameworkIds.find((id) => id === query.get('framework'));
  const { value, error, retry } = useAnswer(
    (signal) => readiness.report({ framework }, { signal }),
    framework,
  );
  const title = reportTitle({ selection: { framework } });
  const { print, printing } = usePrint(nameOf(value), `${title}, ${value?.evaluatedAt ?? ''}`);
  useScreen({ asOf: value?.evaluatedAt, asOfNote: 'When the checks were judged.' });
  useCommands([
    {
      id: 'readiness.report.print',
      title: 'Print the report to a PDF',
      group: 'Readiness',
      icon: Printer,
      enabled: value !== undefined && !printing,
      run: print,
    },
  ]);
  return (
    <div className="readiness-report flex min-h-0 flex-1 flex-col">
      <div className="print:hidden">
        <ScreenHeader title="Readiness report">
          <Button icon={ArrowLeft} variant="ghost" onClick={() => navigate('/readiness')}>
            Checklist
          </Button>
          <Select
            label="Framework"
            value={framework ?? 'all'}
            options={[
              { value: 'all', label: 'All frameworks' },
              ...frameworkIds.map((id) => ({ value: id, label: frameworkNames[id] })),
            ]}
            onChange={(id) => {
              setQuery(new URLSearchParams(id === 'all' ? {} : { framework: id }), {
                replace: true,
              });
            }}
          />
          <Button
            icon={Printer}
            variant="primary"
            busy={printing}
            disabled={!value}
            onClick={print}
          >
            Print to PDF
          </Button>
        </ScreenHeader>
      </div>
      {error && (
        <div className="p-4">
          <ErrorPanel error={error} onRetry={retry} />
        </div>
      )}
      {!value && !error && <Loading label="Judging the checks for the report" rows={14} />}
      {value && (
        <section
          aria-label="Report"
          // oxlint-disable-next-line no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1)
          tabIndex={0}
          className="readiness-report-body min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
        >
          <Blocks report={value} />
        </section>
      )}
    </div>
  );
}

function nameOf(report: ReadinessReport | undefined): string {
  const parts = ['readiness', report?.evaluatedAt.slice(0, 10), report?.selection.framework];
  return `${parts.filter(Boolean).join('-')}.pdf`;
}

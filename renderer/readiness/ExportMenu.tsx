import { Download, FileArchive, Printer } from 'lucide-react';
import { useState } from 'react';
import { frameworkNames, type FrameworkId } from '../../shared/model/readiness/frameworks';
import { reportFormats, type ReportFormat } from '../../shared/model/readiness/report/report';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp, useCommands } from '../app';
import { navigate } from '../app/location';
import { Button, Menu } from '../ui';

const labels: Readonly<Record<ReportFormat, string>> = {
  html: 'Web page',
  json: 'JSON',
  csv: 'CSV',
  ocsf: 'OCSF findings',
  cbom: 'CycloneDX CBOM',
  pack: 'Auditor pack (zip)',
};

/** The checklist as a file, for the framework that is looked at or for all. */
export function ExportMenu({
  framework,
  disabled,
}: {
  framework: FrameworkId | undefined;
  disabled: boolean;
}) {
  const { client, toaster } = useApp();
  const [busy, setBusy] = useState(false);

  async function write(format: ReportFormat): Promise<void> {
    setBusy(true);
    try {
      const written = await client.readiness.exportReport({ format, framework });
      if (written) {
        toaster.add({
          title: `${labels[format]} exported`,
          description: `${written.file}. Its SHA-256 is in the journal.`,
        });
      }
    } catch (error) {
      const description = toErrorInfo(error).message;
      toaster.add({ title: 'Not exported', description, type: 'error' });
    } finally {
      setBusy(false);
    }
  }
  const print = () => navigate(`/readiness/report${framework ? `?framework=${framework}` : ''}`);

  useCommands([
    {
      id: 'readiness.print',
      title: 'Print the readiness report',
      group: 'Readiness',
      icon: Printer,
      enabled: !disabled,
      run: print,
    },
    ...reportFormats.map((format) => ({
      id: `readiness.export.${format}`,
      title: `Export the readiness report: ${labels[format]}`,
      group: 'Readiness',
      keywords: 'download save file',
      icon: Download,
      enabled: !disabled && !busy,
      run: () => void write(format),
    })),
  ]);
  return (
    <Menu
      align="end"
      trigger={
        <Button icon={Download} busy={busy} disabled={disabled}>
          Export
        </Button>
      }
      entries={[
        { heading: framework ? frameworkNames[framework] : 'All frameworks' },
        { label: 'Print or PDF', icon: Printer, onSelect: print },
        { label: labels.pack, icon: FileArchive, onSelect: () => void write('pack') },
        'separator',
        ...reportFormats
          .filter((format) => format !== 'pack')
          .map((format) => ({ label: labels[format], onSelect: () => void write(format) })),
      ]}
    />
  );
}

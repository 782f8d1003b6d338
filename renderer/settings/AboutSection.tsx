import type { AppInfo } from '../../shared/contract/app';
import { useSession } from '../app';
import { Identifier, KeyValue, Section } from '../ui';

/** What runs here and where its data lies. */
export function AboutSection() {
  const info = useSession((session) => session.info);
  if (!info) return null;
  return (
    <Section title="About">
      <div className="rounded-md border border-line px-4 py-3">
        <KeyValue
          rows={[
            { label: 'Claviger', value: info.version },
            { label: 'Runtime', value: runtimeText(info) },
            {
              label: 'Data folder',
              value: <Identifier value={info.dataDir} label="Data folder" max={72} />,
            },
            { label: 'Operator', value: info.operator },
            {
              label: 'Real accounts',
              value: info.realAccountsNote ?? (info.realAccountsAllowed ? 'Allowed' : 'Refused'),
            },
            {
              label: 'Network',
              value: 'AWS endpoints of the chosen accounts only. Nothing is sent to anyone else.',
            },
          ]}
        />
      </div>
    </Section>
  );
}

function runtimeText({ runtime, platform }: AppInfo): string {
  const parts = [
    runtime.electron && `Electron ${runtime.electron}`,
    runtime.chrome && `Chromium ${runtime.chrome}`,
    `Node ${runtime.node}`,
    platform,
  ].filter(Boolean);
  const kind = runtime.kind === 'evaluation' ? ' (evaluation runtime, not for daily work)' : '';
  return `${parts.join(', ')}${kind}`;
}

import { ArrowRight } from 'lucide-react';
import type { Check } from '../../../shared/model/readiness/check';
import {
  frameworkIds,
  frameworkNames,
  requirementsFor,
} from '../../../shared/model/readiness/frameworks';
import { navigate } from '../../app/location';
import { Button, CodeBlock, Drawer, KeyValue, VerdictBadge, Part } from '../../ui';
import type { ReadinessPlace } from '../place';
import type { CheckRow } from '../rows';
import { AttestPart } from './AttestPart';
import { CarePart } from './CarePart';
import { EvidencePart } from './EvidencePart';
import { HistoryPart } from './HistoryPart';
import { ThingsPart } from './ThingsPart';

/** One check: how it stands and why, its things, who takes care of it; or one of its things with its evidence. */
export function CheckDrawer({
  row: { check, state },
  turn,
  place,
  go,
  onChanged,
}: {
  row: CheckRow;
  /** Counts the answers of main: a new one means that everything here may be otherwise. */
  turn: number;
  place: ReadinessPlace;
  go: (change: Partial<ReadinessPlace>, replace?: boolean) => void;
  onChanged: () => void;
}) {
  const { subject } = place;
  const target = { check: check.id, ...(subject !== undefined && { subject }) };
  return (
    <Drawer
      label="Check"
      onClose={() => go({ check: undefined, subject: undefined })}
      header={
        <>
          <h2 className="text-base font-semibold">{check.question}</h2>
          <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-ink-2">
            <VerdictBadge value={state.verdict.value} />
            <span className="inline-block first-letter:uppercase">{check.severity} severity</span>
            <span className="font-mono text-ink-3">{check.id}</span>
          </p>
        </>
      }
    >
      {subject === undefined ? (
        <>
          <Part title="Reading">
            <p className="text-sm">{state.verdict.reason}</p>
            {state.verdict.permission !== undefined && (
              <p className="mt-1 text-sm text-ink-2">
                Missing permission:{' '}
                <code className="font-mono text-xs">{state.verdict.permission}</code>
              </p>
            )}
            <p className="mt-2 text-sm text-ink-2">{check.why}</p>
          </Part>
          <ThingsPart
            check={check.id}
            counts={state.counts}
            turn={turn}
            onOpen={(id) => go({ check: check.id, subject: id })}
          />
          {check.attested && <AttestPart check={check} turn={turn} onChanged={onChanged} />}
        </>
      ) : (
        <EvidencePart
          check={check.id}
          subject={subject}
          turn={turn}
          onBack={() => go({ check: check.id, subject: undefined })}
        />
      )}
      <RemedyPart check={check} />
      <CarePart target={target} turn={turn} failing={state.counts.fail > 0} onChanged={onChanged} />
      {subject === undefined && <DemandsPart check={check} />}
      <HistoryPart target={target} turn={turn} />
    </Drawer>
  );
}

const views: Readonly<Record<NonNullable<Check['view']>, string>> = {
  keys: 'Open the keys',
  tls: 'Open the TLS scans',
  events: 'Open the events',
  drills: 'Open the drills',
  readiness: 'Open the checklist',
  'readiness/pitfalls': 'Open the pitfalls',
};

function RemedyPart({ check }: { check: Check }) {
  const { remedy, view, heeds } = check;
  return (
    <Part title="How to put it right">
      <p className="text-sm">{remedy.console}</p>
      <div className="mt-2 space-y-2">
        <CodeBlock text={remedy.cli} label="AWS CLI" />
        <CodeBlock text={remedy.terraform} label="Terraform" />
      </div>
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {view && view !== 'readiness' && (
          <Button icon={ArrowRight} onClick={() => navigate(`/${view}`)}>
            {views[view]}
          </Button>
        )}
        {heeds?.includes('trustedAccounts') && (
          <Button icon={ArrowRight} onClick={() => navigate('/settings?at=trusted')}>
            Trusted accounts in the settings
          </Button>
        )}
      </div>
    </Part>
  );
}

/** What the check's evidence is good for, and what it needs. */
function DemandsPart({ check }: { check: Check }) {
  const rows = frameworkIds.flatMap((framework) => {
    const requirements = requirementsFor(check, framework);
    if (requirements.length === 0) return [];
    return [{ label: frameworkNames[framework], value: requirements.join(', ') }];
  });
  return (
    <Part title="Speaks to">
      {rows.length > 0 ? (
        <KeyValue rows={rows} />
      ) : (
        <p className="text-sm text-ink-2">No framework.</p>
      )}
      <p className="mt-2 text-xs text-ink-3">
        {check.permissions.length > 0
          ? `Needs ${check.permissions.join(', ')}. `
          : 'Asks no account. '}
        An answer counts for {hours(check.shelfLifeHours)}.
      </p>
    </Part>
  );
}

function hours(count: number): string {
  if (count < 48) return `${count} hours`;
  return `${Math.round(count / 24)} days`;
}

import { CalendarCheck, ClipboardList, FileCheck, Users } from 'lucide-react';
import { navigate, usePlace } from '../app/location';
import { useCommands, useScreen } from '../app';
import { ScreenHeader, Segmented } from '../ui';
import { CompareScreen } from './list/CompareScreen';
import { FindingsView } from './list/FindingsView';
import { ListView } from './list/ListView';
import { PeopleView } from './people/PeopleView';
import { PlanScreen } from './plan/PlanScreen';
import { PlansView } from './plan/PlansView';
import { drillsPath, parseDrillsPath, type DrillsPlace } from './places';
import { RunScreen } from './run/RunScreen';

const tabs = ['list', 'plans', 'people', 'findings'] as const;

/** Recovery drills: what is due, a drill step by step, its record, and the people who sign it. */
export function DrillsScreen() {
  const place = parseDrillsPath(usePlace().path);
  useCommands([
    command('drills.list', 'Show the drills', CalendarCheck, 'list'),
    command('drills.plans', 'Show the plans of drills', ClipboardList, 'plans'),
    command('drills.people', 'Show who signs drills', Users, 'people'),
    command('drills.findings', 'Show the findings of drills', FileCheck, 'findings'),
  ]);
  if (place.kind === 'run') return <RunScreen key={place.id} id={place.id} />;
  if (place.kind === 'plan') return <PlanScreen key={place.id} id={place.id} />;
  if (place.kind === 'compare') return <CompareScreen before={place.before} after={place.after} />;
  return <Tabs kind={place.kind} />;
}

function Tabs({ kind }: { kind: (typeof tabs)[number] }) {
  useScreen({});
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ScreenHeader
        title="Recovery drills"
        views={
          <Segmented
            label="View"
            value={kind}
            segments={[
              { value: 'list', label: 'Drills' },
              { value: 'plans', label: 'Plans' },
              { value: 'people', label: 'People' },
              { value: 'findings', label: 'Findings' },
            ]}
            onChange={(next) => navigate(drillsPath({ kind: next }))}
          />
        }
      />
      {kind === 'list' && <ListView />}
      {kind === 'plans' && <PlansView />}
      {kind === 'people' && <PeopleView />}
      {kind === 'findings' && <FindingsView />}
    </div>
  );
}

function command(id: string, title: string, icon: typeof Users, kind: (typeof tabs)[number]) {
  const place: DrillsPlace = { kind };
  return { id, title, group: 'Drills', icon, run: () => navigate(drillsPath(place)) };
}

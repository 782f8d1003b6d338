import { Compass, ListChecks, TriangleAlert } from 'lucide-react';
import { useApp, useCommands } from '../app';
import { navigate, usePlace } from '../app/location';
import { Segmented } from '../ui';

const checklist = '/readiness';
const views = [
  { path: checklist, label: 'Checklist' },
  { path: '/readiness/adviser', label: 'Adviser' },
  { path: '/readiness/pitfalls', label: 'Pitfalls' },
] as const;
type ViewPath = (typeof views)[number]['path'];

/** The views of readiness, in the head of each. The checklist keeps its filters meanwhile. */
export function ReadinessViews() {
  const { places } = useApp();
  const { path } = usePlace();
  const shown = views.findLast((view) => path.startsWith(view.path)) ?? views[0];
  const go = (to: ViewPath) => navigate(to === checklist ? places.lastFirstView(to) : to);
  useCommands([
    {
      id: 'readiness.checklist',
      title: 'Show the checklist',
      group: 'Readiness',
      icon: ListChecks,
      run: () => go(checklist),
    },
    {
      id: 'readiness.adviser',
      title: 'Show the adviser',
      group: 'Readiness',
      keywords: 'decision matrix scenario cost estimate recommendation',
      icon: Compass,
      run: () => go('/readiness/adviser'),
    },
    {
      id: 'readiness.pitfalls',
      title: 'Show the pitfalls',
      group: 'Readiness',
      keywords: 'secrets scan metadata escrow over-encryption',
      icon: TriangleAlert,
      run: () => go('/readiness/pitfalls'),
    },
  ]);
  return (
    <Segmented
      label="View"
      value={shown.path}
      segments={views.map((view) => ({ value: view.path, label: view.label }))}
      onChange={go}
    />
  );
}

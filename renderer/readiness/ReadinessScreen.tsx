import { Redirect, Route, Switch } from 'wouter';
import { AdviserView } from './adviser/AdviserView';
import { ChecklistView } from './ChecklistView';
import { PitfallsView } from './pitfalls/PitfallsView';
import { ReportView } from './report/ReportView';

/** What the window opens with: the checklist; beside it the adviser and the pitfalls, and the report for print. */
export function ReadinessScreen() {
  return (
    <Switch>
      <Route path="/readiness" component={ChecklistView} />
      <Route path="/readiness/adviser/:id?" component={AdviserView} />
      <Route path="/readiness/pitfalls/:id?" component={PitfallsView} />
      <Route path="/readiness/report" component={ReportView} />
      <Route>
        <Redirect to="/readiness" replace />
      </Route>
    </Switch>
  );
}

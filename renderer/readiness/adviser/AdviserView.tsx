import { Compass, Printer } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Numbers } from '../../../shared/model/adviser/numbers';
import { completeAnswers, type DraftAnswers } from '../../../shared/model/adviser/questions';
import {
  recommend,
  recommendScenario,
  type Recommendation,
} from '../../../shared/model/adviser/recommend';
import type { ScenarioId } from '../../../shared/model/adviser/scenario';
import { useApp, useCommands, useScreen } from '../../app';
import { navigate, usePlace } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { usePrint } from '../../app/usePrint';
import { Button, EmptyState, ErrorPanel, Loading, ScreenHeader } from '../../ui';
import { ReadinessViews } from '../ReadinessViews';
import { oldestAnswer, scopeWords } from '../scope';
import { Advice } from './Advice';
import { formatAdviserPath, formatAnswers, parseAdviserPath, parseAnswers } from './place';
import { Questions } from './Questions';
import { ScenarioList } from './ScenarioList';
import { useDraft } from './useDraft';
import './adviser.css';

/** The guide's decision matrix, and advice by questions: what to do, what it costs, what is there already. */
export function AdviserView() {
  const { client, readiness } = useApp();
  const { state, turn, progress, error, load, run, cancel } = useStore(readiness);
  useEffect(() => void load(), [load]);
  const { path, search } = usePlace();
  const place = parseAdviserPath(path);
  const { draft, error: draftError, change } = useDraft();
  const account = useAnswer((signal) => client.adviser.account(undefined, { signal }), turn);

  const { value: measured = null } = useAnswer((signal) =>
    client.envelope.lastMeasure(undefined, { signal }),
  );

  const named = parseAnswers(search);
  const answers: DraftAnswers = named ?? draft?.answers ?? {};
  const found = recommendationFor(place, answers);
  const title = found ? found.scenario.scenario : 'Something else';
  const { print, printing } = usePrint(
    `advice-${found?.scenario.id ?? 'open'}.pdf`,
    `Advice: ${title}`,
  );

  useScreen({
    asOf: oldestAnswer(state),
    asOfNote:
      'The oldest answer that a verdict rests on. Each fact and each check has its own time.',
    refresh: () => void run(),
    refreshing: progress !== undefined || state?.running === true,
    progressNote: progress && `Reading ${progress.what}`,
    cancel,
  });
  useCommands([
    {
      id: 'adviser.print',
      title: 'Print the advice to a PDF',
      group: 'Readiness',
      icon: Printer,
      enabled: found !== undefined && !printing,
      run: print,
    },
  ]);

  function answer(next: DraftAnswers): void {
    const text = formatAnswers(next);
    const to = formatAdviserPath('other');
    navigate(text ? `${to}?${text}` : to, { replace: true });
    change({ answers: next });
  }

  function setNumbers(id: ScenarioId, numbers: Numbers): void {
    change({ numbers: { ...draft?.numbers, [id]: numbers } });
  }

  const problem = error ?? draftError;
  return (
    <div className="adviser flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="print:hidden">
        <ScreenHeader title="Readiness" views={<ReadinessViews />} note={scopeWords(state)}>
          <Button icon={Printer} busy={printing} disabled={!found} onClick={print}>
            Print to PDF
          </Button>
        </ScreenHeader>
        {problem && (
          <div className="border-b px-4 py-2">
            <ErrorPanel compact error={problem} onRetry={() => void load()} />
          </div>
        )}
      </div>
      <div className="adviser-columns flex min-h-0 flex-1">
        <ScenarioList shown={place} />
        <section
          key={place}
          aria-label={title}
          // oxlint-disable-next-line no-noninteractive-tabindex -- what scrolls must be reached by keyboard (WCAG 2.1.1)
          tabIndex={0}
          className="adviser-page min-w-0 flex-1 overflow-y-auto outline-offset-[-2px]"
        >
          {!draft && <Loading label="Reading the adviser" rows={9} />}
          {draft && place === 'other' && <Questions answers={answers} onAnswer={answer} />}
          {draft && !found && (
            <EmptyState icon={Compass} title="Five answers lead to the advice">
              Each question can change it. Which regulation it falls under may stay open.
            </EmptyState>
          )}
          {draft && found && (
            <Advice
              key={found.scenario.id}
              found={found}
              account={account}
              measured={measured}
              checkStates={state?.checks ?? []}
              numbers={draft.numbers[found.scenario.id] ?? found.scenario.numbers}
              onNumbers={(numbers) => setNumbers(found.scenario.id, numbers)}
            />
          )}
        </section>
      </div>
    </div>
  );
}

/** Of a row of the matrix its own; of answers what they lead to, once they are complete. */
function recommendationFor(
  place: ReturnType<typeof parseAdviserPath>,
  answers: DraftAnswers,
): Recommendation | undefined {
  if (place !== 'other') return recommendScenario(place);
  const complete = completeAnswers(answers);
  return complete && recommend(complete);
}

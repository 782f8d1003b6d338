import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { usdText, type AthenaChoices, type AthenaPlan } from '../../../shared/model/events/athena';
import { toErrorInfo } from '../../../shared/model/errors';
import { chosenConnections } from '../../accounts/store';
import { useApp, useClient } from '../../app';
import { Button, Dialog } from '../../ui';
import { AthenaCost } from './AthenaCost';
import { AthenaForm } from './AthenaForm';
import {
  bestWorkGroup,
  emptyQuestion,
  isAnswerable,
  toQuestion,
  type FormQuestion,
} from './question';

/** Asks what Athena should search for, shows what that costs, and asks for consent. */
export function AthenaDialog({
  onClose,
  onAsk,
}: {
  onClose: () => void;
  onAsk: (plan: Pick<AthenaPlan, 'id' | 'costUsd'>) => void;
}) {
  const { events } = useClient();
  const connections = useStore(useApp().accounts, (state) => state.connections);
  const places = chosenConnections({ connections }).flatMap(({ id, name, regions }) =>
    regions.map((region) => ({ value: `${region} ${id}`, label: `${name}, ${region}` })),
  );
  const [question, setQuestion] = useState<FormQuestion>(() =>
    emptyQuestion(places[0]?.value ?? '', new Date()),
  );
  const [choices, setChoices] = useState<{ place: string; found: AthenaChoices }>();
  const [plan, setPlan] = useState<AthenaPlan>();
  const [planning, setPlanning] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const working = useRef<AbortController>(undefined);
  const { place } = question;

  useEffect(() => {
    const abort = new AbortController();
    const [region = '', ...rest] = place.split(' ');
    const connection = rest.join(' ');
    if (connection === '') return undefined;
    events.athenaChoices({ connection, region }, { signal: abort.signal }).then(
      (found) => {
        setChoices({ place, found });
        const [trail] = found.trails;
        setQuestion((before) => ({
          ...before,
          uri: trail?.uri ?? 's3://',
          workGroup: bestWorkGroup(found),
        }));
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setProblem(toErrorInfo(error).message);
      },
    );
    return () => abort.abort();
  }, [events, place]);
  useEffect(() => () => working.current?.abort(), []);

  async function showCost(): Promise<void> {
    const own = new AbortController();
    working.current = own;
    setProblem(undefined);
    setPlanning('Listing the log files');
    try {
      const made = await events.planAthena(toQuestion(question), {
        signal: own.signal,
        onProgress: ({ objects }) =>
          setPlanning(`${objects.toLocaleString('en')} log files so far`),
      });
      setPlan(made);
    } catch (error) {
      const { code, message } = toErrorInfo(error);
      if (code !== 'cancelled') setProblem(message);
    } finally {
      setPlanning(undefined);
    }
  }
  function change(changes: Partial<FormQuestion>): void {
    setQuestion({ ...question, ...changes });
    setPlan(undefined);
    setProblem(undefined);
  }

  const found = choices?.place === place ? choices.found : undefined;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Ask Athena"
      description="Athena searches a trail’s bucket at AWS, and charges by what it reads: the cost is shown before anything is asked."
      footer={
        <>
          <Button onClick={plan ? () => setPlan(undefined) : onClose}>
            {plan ? 'Back' : 'Cancel'}
          </Button>
          {plan ? (
            <Button variant="primary" disabled={plan.objects === 0} onClick={() => onAsk(plan)}>
              Ask for about {usdText(plan.costUsd)}
            </Button>
          ) : (
            <Button
              variant="primary"
              busy={planning !== undefined}
              disabled={!isAnswerable(question, found)}
              onClick={() => void showCost()}
            >
              Show the cost
            </Button>
          )}
        </>
      }
    >
      {plan ? (
        <AthenaCost plan={plan} />
      ) : (
        <AthenaForm question={question} places={places} choices={found} onChange={change} />
      )}
      <output className="mt-3 block text-xs text-ink-2 empty:hidden">{planning}</output>
      {problem !== undefined && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

import { useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import {
  watchRuleIds,
  watchRules,
  watchSettingsSchema,
  type WatchRule,
  type WatchSettings,
} from '../../../shared/model/events/watch/rules';
import { useApp } from '../../app';
import { Button, Dialog, ErrorPanel, Loading, Switch, TextField } from '../../ui';

type NumberName = Exclude<keyof WatchSettings, 'off'>;

const numbers: readonly (readonly [name: NumberName, label: string, hint: string])[] = [
  ['learningDays', 'Learning (days)', 'Nothing is unusual before.'],
  ['undoneWithinHours', 'Taken back soon (hours)', 'Then a change counts less.'],
  ['volumeMinimum', 'Calls in an hour, at least', 'Fewer are never told.'],
  ['volumeTimes', 'Times the habit, at least', 'Of that hour of the day.'],
  ['denialMinimum', 'Denials in an hour, at least', 'Of one caller.'],
  ['silenceDays', 'Long silence (days)', 'Without a stored use.'],
];

/** Which rules are on, and their numbers. */
export function RulesDialog({ onClose }: { onClose: () => void }) {
  const { client, watch } = useApp();
  const saveSettings = useStore(watch, (state) => state.saveSettings);
  const [off, setOff] = useState<WatchSettings['off']>();
  const [texts, setTexts] = useState<Partial<Record<NumberName, string>>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  const form = useId();
  useEffect(() => {
    const abort = new AbortController();
    client.events.watchSettings(undefined, { signal: abort.signal }).then(
      ({ off: rules, ...values }) => {
        setOff(rules);
        setTexts(
          Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
        );
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) setError(toErrorInfo(failure));
      },
    );
    return () => abort.abort();
  }, [client]);

  const fits = numbers.every(([name]) => problemOf(name, texts[name] ?? '') === undefined);

  async function save(): Promise<void> {
    if (!fits || !off) return;
    setBusy(true);
    try {
      const values = Object.fromEntries(numbers.map(([name]) => [name, Number(texts[name])]));
      await saveSettings(watchSettingsSchema.parse({ off, ...values }));
      onClose();
    } catch (failure) {
      setError(toErrorInfo(failure));
      setBusy(false);
    }
  }

  const rulesOf = (kind: WatchRule['kind']) =>
    watchRuleIds
      .filter((id) => watchRules[id].kind === kind)
      .map((id) => (
        <li key={id} className="flex items-start gap-3 py-1.5">
          <Switch
            label={watchRules[id].title}
            checked={!off?.includes(id)}
            onChange={(on) =>
              setOff(on ? (off ?? []).filter((each) => each !== id) : [...(off ?? []), id])
            }
          />
          <div className="min-w-0">
            <p className="text-sm">{watchRules[id].title}</p>
            <p className="text-xs text-ink-3">{watchRules[id].about}</p>
          </div>
        </li>
      ));

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Rules of the watch"
      description="They hold for all accounts, in the window and on the command line. The journal records changes."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={!fits || !off} busy={busy}>
            Save
          </Button>
        </>
      }
    >
      {error && <ErrorPanel compact error={error} />}
      {!off && !error && <Loading label="Reading the rules" />}
      {off && (
        <form
          id={form}
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <section>
            <h3 className="label-text">Numbers</h3>
            <div className="mt-2 grid grid-cols-3 gap-3 max-md:grid-cols-2">
              {numbers.map(([name, label, hint]) => (
                <TextField
                  key={name}
                  label={label}
                  hint={hint}
                  inputMode="numeric"
                  value={texts[name] ?? ''}
                  error={problemOf(name, texts[name] ?? '')}
                  onChange={(text) => setTexts((now) => ({ ...now, [name]: text }))}
                />
              ))}
            </div>
          </section>
          <section>
            <h3 className="label-text">Unusual uses</h3>
            <ul className="mt-1">{rulesOf('unusual')}</ul>
          </section>
          <section>
            <h3 className="label-text">Dangerous changes</h3>
            <ul className="mt-1">{rulesOf('change')}</ul>
          </section>
        </form>
      )}
    </Dialog>
  );
}

function problemOf(name: NumberName, text: string): string | undefined {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  const { success } = watchSettingsSchema.shape[name].safeParse(value);
  if (success) return undefined;
  const { minValue, maxValue } = watchSettingsSchema.shape[name].unwrap();
  return `A whole number from ${minValue} to ${maxValue?.toLocaleString('en')}.`;
}

import type { PlanBody } from '../../../shared/model/drills/plan';
import type { KeyUses } from '../../../shared/model/drills/risk';
import { keyRefString } from '../../../shared/model/key';
import { useClient } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Checkbox, ErrorPanel, Time } from '../../ui';

/** Chooses the keys that the drill looks at, the most pressing first. */
export function PlanKeys({
  body: { scope },
  onChange,
}: {
  body: PlanBody;
  onChange: (keys: PlanBody['scope']['keys']) => void;
}) {
  const { drills } = useClient();
  const { value, error } = useAnswer(
    (signal) => drills.suggestKeys({ connection: scope.connection }, { signal }),
    scope.connection,
  );
  const chosen = new Set(scope.keys.map(keyRefString));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">
        Keys in scope, the most pressing first: {scope.keys.length} chosen
      </legend>
      {error && <ErrorPanel compact error={error} />}
      <div className="max-h-56 overflow-y-auto rounded-md border border-line-strong bg-surface py-1">
        {value?.length === 0 && (
          <p className="px-3 py-2 text-sm text-ink-2">The inventory has none.</p>
        )}
        {value?.map(({ name, arn, reasons, uses, ...ref }) => {
          const own = { connection: ref.connection, region: ref.region, keyId: ref.keyId };
          const id = keyRefString(own);
          return (
            <Checkbox
              key={id}
              checked={chosen.has(id)}
              onChange={(on) =>
                onChange(
                  on ? [...scope.keys, own] : scope.keys.filter((key) => keyRefString(key) !== id),
                )
              }
              className="px-2.5 py-1 hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate" title={arn}>
                {name.replace(/^alias\//, '')}{' '}
                <span className="text-xs text-ink-3">{ref.region}</span>
              </span>
              {uses && (
                <span className="shrink-0 text-xs text-ink-3 tabular-nums">
                  {uses.count.toLocaleString('en')} {uses.count === 1 ? 'use' : 'uses'}
                </span>
              )}
              {reasons.map((reason) => (
                <Badge key={reason}>{reason.replaceAll('-', ' ')}</Badge>
              ))}
            </Checkbox>
          );
        })}
      </div>
      {value && value.length > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          <About uses={value.flatMap(({ uses }) => uses ?? [])} keys={value.length} />
        </p>
      )}
    </fieldset>
  );
}

/** What the numbers of uses rest on: where nothing is known, no key is called little used. */
function About({ uses, keys }: { uses: readonly KeyUses[]; keys: number }) {
  const [first] = uses;
  if (!first) {
    return (
      <>
        Which keys are used most cannot be told: no CloudTrail events of these keys are stored. Look
        them up under Events first.
      </>
    );
  }
  const from = uses.map((one) => one.from).reduce((a, b) => (a < b ? a : b));
  const to = uses.map((one) => one.to).reduce((a, b) => (a > b ? a : b));
  const unknown = keys - uses.length;
  return (
    <>
      Uses are of the stored CloudTrail events from <Time iso={from} precision="date" bare /> to{' '}
      <Time iso={to} precision="minute" bare />
      {uses.some(({ gaps }) => gaps > 0) && ', with gaps'}.
      {unknown > 0 && ` Of ${unknown.toLocaleString('en')} keys it cannot be told.`}
    </>
  );
}

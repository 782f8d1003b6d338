import type { PlanBody } from '../../../shared/model/drills/plan';
import { missesUses, type KeyUses, type LastUse } from '../../../shared/model/drills/risk';
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
        {value?.map(({ name, arn, reasons, uses, lastUse, ...ref }) => {
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
              <span className="shrink-0 text-xs text-ink-3 tabular-nums">
                {uses && `${uses.count.toLocaleString('en')} ${uses.count === 1 ? 'use' : 'uses'}`}
                {uses && lastUse && ', '}
                {lastUse?.kind === 'used' && (
                  <>
                    last <Time iso={lastUse.at} precision="date" bare />
                  </>
                )}
                {lastUse?.kind === 'never' && 'never used'}
              </span>
              {reasons.map((reason) => (
                <Badge key={reason}>{reason.replaceAll('-', ' ')}</Badge>
              ))}
            </Checkbox>
          );
        })}
      </div>
      {value && value.length > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          <About keys={value} />
        </p>
      )}
    </fieldset>
  );
}

/** What the numbers of uses rest on: where nothing is known, no key is called little used. */
function About({
  keys,
}: {
  keys: readonly { uses?: KeyUses | undefined; lastUse?: LastUse | undefined }[];
}) {
  const uses = keys.flatMap((key) => key.uses ?? []);
  const lastUse = keys.some((key) => key.lastUse)
    ? ' When a key was last used is what KMS told with the inventory: it says nothing of how often, and only orders keys that are alike otherwise.'
    : '';
  if (uses.length === 0) {
    return (
      <>
        Which keys are used most cannot be told: no CloudTrail events of these keys are stored. Look
        them up under Events first.{lastUse}
      </>
    );
  }
  const from = uses.map((one) => one.from).reduce((a, b) => (a < b ? a : b));
  const to = uses.map((one) => one.to).reduce((a, b) => (a > b ? a : b));
  const unknown = keys.length - uses.length;
  const missed = keys.filter((key) => key.uses && missesUses(key.uses, key.lastUse)).length;
  return (
    <>
      Uses are of the stored CloudTrail events from <Time iso={from} precision="date" bare /> to{' '}
      <Time iso={to} precision="minute" bare />
      {uses.some(({ gaps }) => gaps > 0) && ', with gaps'}.
      {unknown > 0 && ` Of ${unknown.toLocaleString('en')} keys it cannot be told.`}
      {missed > 0 &&
        ` Of ${missed.toLocaleString('en')} KMS names a use in this time of which no event is stored: 0 is too low there.`}
      {lastUse}
    </>
  );
}

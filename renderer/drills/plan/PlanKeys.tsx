import type { PlanBody } from '../../../shared/model/drills/plan';
import { keyRefString } from '../../../shared/model/key';
import { useClient } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import { Badge, Checkbox, ErrorPanel } from '../../ui';

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
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">
        Keys in scope, the most pressing first: {scope.keys.length} chosen
      </legend>
      {error && <ErrorPanel compact error={error} />}
      <div className="max-h-56 overflow-y-auto rounded-md border border-line-strong bg-surface py-1">
        {value?.length === 0 && (
          <p className="px-3 py-2 text-sm text-ink-2">The inventory has none.</p>
        )}
        {value?.map(({ name, arn, reasons, ...ref }) => {
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
              {reasons.map((reason) => (
                <Badge key={reason}>{reason.replaceAll('-', ' ')}</Badge>
              ))}
            </Checkbox>
          );
        })}
      </div>
    </fieldset>
  );
}

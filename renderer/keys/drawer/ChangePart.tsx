import type { KeyRow } from '../../../shared/model/key';
import { Time } from '../../ui';
import { ChangeMark } from '../ChangeMark';

/** What is different since the snapshot before; nothing where nothing is. */
export function ChangePart({ row: { change } }: { row: KeyRow }) {
  if (!change) return null;
  return (
    <section aria-label="Changes" className="border-b bg-sunken px-4 py-2 text-sm">
      <div className="flex items-center gap-2">
        <ChangeMark kind={change.kind} />
        <span className="text-xs text-ink-2">
          since <Time iso={change.since} precision="minute" />
        </span>
      </div>
      {change.what.length > 0 && (
        <ul className="mt-1 text-xs text-ink-2">
          {change.what.map((what) => (
            <li key={what} className="break-words">
              {what}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

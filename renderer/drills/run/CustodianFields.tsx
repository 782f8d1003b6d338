import type { Participant } from '../../../shared/model/drills/entry';
import { TextField } from '../../ui';

/** What a custodian brings: the passphrase of the share that is kept here, or a share of their own. */
export interface Brought {
  readonly passphrase?: string;
  readonly secretShare?: string;
}

/** Each custodian brings their own. What is typed goes to main with the step and is kept nowhere. */
export function CustodianFields({
  custodians,
  brought,
  onChange,
}: {
  custodians: readonly Participant[];
  brought: ReadonlyMap<string, Brought>;
  onChange: (brought: ReadonlyMap<string, Brought>) => void;
}) {
  const set = (person: string, text: string) => {
    const next = new Map(brought);
    if (text === '') next.delete(person);
    else if (/^[0-9a-fA-F]{64}$/.test(text)) next.set(person, { secretShare: text });
    else next.set(person, { passphrase: text });
    onChange(next);
  };
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">
        Each custodian enters their passphrase, or a share of 64 hex digits
      </legend>
      <div className="grid grid-cols-2 gap-2 max-md:grid-cols-1">
        {custodians.map(({ person, name }) => (
          <TextField
            key={person}
            label={name}
            type="password"
            value={brought.get(person)?.passphrase ?? brought.get(person)?.secretShare ?? ''}
            onChange={(text) => set(person, text)}
          />
        ))}
      </div>
    </fieldset>
  );
}

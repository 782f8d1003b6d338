import { useStore } from 'zustand';
import { known } from '../../../shared/model/facet';
import { keyRefString, type KeyRef, type KeyRow } from '../../../shared/model/key';
import { useApp } from '../../app';
import { Select } from '../../ui';

/** Chooses one of the signing keys of the inventory. */
export function KeyChoice({
  chosen,
  onChange,
}: {
  chosen: KeyRef | undefined;
  onChange: (key: KeyRef) => void;
}) {
  const { keys } = useApp();
  const rows = useStore(keys.store, (state) => state.rows);
  const signing = [...rows.values()].filter(canSign);
  if (signing.length === 0) {
    return <p className="text-sm text-ink-2">The inventory has no enabled signing key.</p>;
  }
  return (
    <Select
      label="Signing key"
      value={chosen ? keyRefString(chosen) : ''}
      options={[
        { value: '', label: 'Choose' },
        ...signing.map((row) => ({ value: keyRefString(row), label: nameOf(row) })),
      ]}
      onChange={(id) => {
        const row = signing.find((each) => keyRefString(each) === id);
        if (row) onChange({ connection: row.connection, region: row.region, keyId: row.keyId });
      }}
      className="w-full"
    />
  );
}

function canSign(row: KeyRow): boolean {
  const metadata = known(row.metadata);
  return metadata?.keyUsage === 'SIGN_VERIFY' && metadata.keyState === 'Enabled';
}

function nameOf(row: KeyRow): string {
  const name = known(row.aliases)?.[0] ?? row.keyId;
  return `${name.replace(/^alias\//, '')}, ${known(row.metadata)?.keySpec}, ${row.region}`;
}

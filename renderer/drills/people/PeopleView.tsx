import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { minPassphraseLength, type Person } from '../../../shared/model/drills/person';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';
import {
  Badge,
  Button,
  EmptyState,
  ErrorPanel,
  Identifier,
  Loading,
  Segmented,
  SendDialog,
  TextField,
  Time,
} from '../../ui';
import { KeyChoice } from './KeyChoice';
import { useDo } from '../useDo';

/** Who signs: each with a key under a passphrase, or with a KMS key. */
export function PeopleView() {
  const { client } = useApp();
  const [turn, setTurn] = useState(0);
  const {
    value: people,
    error,
    retry,
  } = useAnswer((signal) => client.drills.people(undefined, { signal }), turn);
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Person>();
  const { attempt } = useDo();
  const again = () => setTurn((count) => count + 1);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      {error && <ErrorPanel error={error} onRetry={retry} />}
      {!people && !error && <Loading label="Reading who signs" />}
      {people?.length === 0 && (
        <EmptyState
          icon={KeyRound}
          title="Nobody can sign yet"
          actions={
            <Button variant="primary" icon={Plus} onClick={() => setAdding(true)}>
              Add a person
            </Button>
          }
        >
          A drill has an operator and an approver at least, and each signs with a key of their own.
          Give the fingerprint to your auditor: it tells whose signature it is.
        </EmptyState>
      )}
      {people && people.length > 0 && (
        <>
          <div className="mb-3 flex justify-end">
            <Button icon={Plus} onClick={() => setAdding(true)}>
              Add a person
            </Button>
          </div>
          <ul
            aria-label="People"
            className="divide-y divide-line rounded-md border border-line bg-surface"
          >
            {people.map((person) => (
              <li key={person.id} className="flex flex-wrap items-center gap-3 px-4 py-2">
                <div className="min-w-0 flex-1">
                  <p className="text-sm font-medium">{person.name}</p>
                  <p className="flex flex-wrap items-center gap-x-3 text-xs text-ink-3">
                    <span>
                      {person.algorithm}, {heldBy(person)}
                    </span>
                    <Identifier value={person.fingerprint} label="Fingerprint" max={32} />
                    <span>
                      since <Time iso={person.createdAt} precision="date" bare />
                    </span>
                  </p>
                </div>
                {person.retiredAt ? (
                  <Badge>Retired</Badge>
                ) : (
                  <>
                    {person.takesShares && (
                      <Button variant="ghost" onClick={() => setChanging(person)}>
                        Change the passphrase
                      </Button>
                    )}
                    <Button
                      variant="ghost"
                      onClick={() =>
                        attempt('Not retired', async () => {
                          await client.drills.retirePerson({ person: person.id });
                          again();
                        })
                      }
                    >
                      Retire
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {adding && (
        <AddDialog
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            again();
          }}
        />
      )}
      {changing && <PassphraseDialog person={changing} onClose={() => setChanging(undefined)} />}
    </div>
  );
}

function heldBy({ holds, takesShares }: Person): string {
  if (holds === 'passphrase') return 'passphrase';
  return takesShares ? 'KMS key, shares under a passphrase' : 'KMS key, keeps no shares';
}

function AddDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { client } = useApp();
  const [name, setName] = useState('');
  const [holds, setHolds] = useState<'passphrase' | 'kms'>('passphrase');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [key, setKey] = useState<Person['kms']>();
  const problem = problemOf({ name, holds, passphrase, again, key });
  return (
    <SendDialog
      title="Add a person"
      action="Add"
      disabled={problem !== undefined}
      send={() =>
        client.drills.addPerson(
          holds === 'kms' && key
            ? { name, kms: key, ...(passphrase !== '' && { sharesPassphrase: passphrase }) }
            : { name, passphrase },
        )
      }
      onDone={onDone}
      onClose={onClose}
    >
      <TextField label="Name" value={name} onChange={setName} maxLength={200} />
      <Segmented
        label="What they sign with"
        value={holds}
        segments={[
          { value: 'passphrase', label: 'A key under a passphrase' },
          { value: 'kms', label: 'A KMS key' },
        ]}
        onChange={setHolds}
      />
      {holds === 'kms' && <KeyChoice chosen={key} onChange={setKey} />}
      <TextField
        label={holds === 'kms' ? 'Passphrase for shares of key material' : 'Passphrase'}
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        hint={
          holds === 'kms'
            ? `Only custodians need one: a share is sealed to them, and a KMS key that signs opens nothing. At least ${minPassphraseLength} characters; empty for who keeps no shares.`
            : `At least ${minPassphraseLength} characters. Nobody can recover it: a new key is made then.`
        }
      />
      {(holds === 'passphrase' || passphrase !== '') && (
        <TextField label="Once more" type="password" value={again} onChange={setAgain} />
      )}
      {problem !== undefined && <p className="text-xs text-ink-2">{problem}</p>}
    </SendDialog>
  );
}

function problemOf(draft: {
  name: string;
  holds: 'passphrase' | 'kms';
  passphrase: string;
  again: string;
  key: Person['kms'];
}): string | undefined {
  if (draft.name.trim() === '') return 'The person needs a name.';
  if (draft.holds === 'kms') {
    if (!draft.key) return 'Choose the signing key.';
    if (draft.passphrase === '') return undefined;
  }
  if (draft.passphrase.length < minPassphraseLength)
    return `At least ${minPassphraseLength} characters.`;
  return draft.passphrase === draft.again ? undefined : 'The two passphrases differ.';
}

function PassphraseDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { client, toaster } = useApp();
  const [passphrase, setPassphrase] = useState('');
  const [newPassphrase, setNew] = useState('');
  return (
    <SendDialog
      title={`Change the passphrase of ${person.name}`}
      action="Change"
      disabled={newPassphrase.length < minPassphraseLength}
      send={() => client.drills.changePassphrase({ person: person.id, passphrase, newPassphrase })}
      onDone={() => {
        toaster.add({ title: 'The passphrase is changed' });
        onClose();
      }}
      onClose={onClose}
    >
      <TextField
        label="Present passphrase"
        type="password"
        value={passphrase}
        onChange={setPassphrase}
      />
      <TextField
        label="New passphrase"
        type="password"
        value={newPassphrase}
        onChange={setNew}
        hint={`At least ${minPassphraseLength} characters.`}
      />
    </SendDialog>
  );
}

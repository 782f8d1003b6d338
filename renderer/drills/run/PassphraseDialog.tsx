import { useState } from 'react';
import { duties } from '../../../shared/model/drills/duties';
import type { Participant } from '../../../shared/model/drills/entry';
import { LongText, SendDialog, TextField } from '../../ui';

/** Whose passphrase is asked for, and for what. */
export interface Asking {
  readonly what: keyof typeof askingWords;
  readonly person: string;
  readonly name: string;
  readonly role: Participant['role'];
}

const askingWords = {
  acknowledge: {
    title: 'Acknowledge',
    text: 'What they acknowledge is in the record, word for word.',
    action: 'Acknowledge',
  },
  sign: {
    title: 'Sign the record',
    text: 'The signature is over the hashes of all its files.',
    action: 'Sign',
  },
  addendum: {
    title: 'Add to the record',
    text: 'What is added is signed and follows the record; nothing in it changes.',
    action: 'Sign and add',
  },
} as const;

/**
 * Asks a person for their passphrase, and for the text of an addendum. What is typed is kept nowhere; a
 * passphrase that is wrong is told here, and what was written stays.
 */
export function PassphraseDialog({
  asking: { what, name, role },
  send,
  onClose,
}: {
  asking: Asking;
  send: (passphrase: string, text: string) => Promise<void>;
  onClose: () => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  const [text, setText] = useState('');
  const words = askingWords[what];
  return (
    <SendDialog
      title={`${words.title}: ${name}`}
      description={words.text}
      action={words.action}
      disabled={what === 'addendum' && text.trim() === ''}
      send={() => send(passphrase, text.trim())}
      onDone={onClose}
      onClose={onClose}
    >
      {what === 'acknowledge' && <p className="text-sm">“{duties[role]}”</p>}
      {what === 'addendum' && <LongText label="Addendum" value={text} onChange={setText} />}
      <TextField
        label={`Passphrase of ${name}`}
        type="password"
        value={passphrase}
        onChange={setPassphrase}
        hint={
          what === 'acknowledge'
            ? 'Empty where they have none: who signs with a KMS key and keeps no shares.'
            : 'Empty where they sign with a KMS key.'
        }
      />
    </SendDialog>
  );
}

import { useId, useState } from 'react';
import { Button, Dialog, Identifier, TextField } from '../ui';
import { useSession } from './context';
import type { MfaPrompt } from './session';

/** Asks for the six digits that a profile needs, one prompt after the other. */
export function MfaDialog() {
  const prompt = useSession((session) => session.mfaPrompts[0]);
  return prompt ? <Prompt key={prompt.promptId} prompt={prompt} /> : null;
}

function Prompt({ prompt }: { prompt: MfaPrompt }) {
  const answerMfa = useSession((session) => session.answerMfa);
  const [code, setCode] = useState('');
  const form = useId();
  const giveUp = () => void answerMfa(prompt.promptId, null);

  return (
    <Dialog
      open
      onClose={giveUp}
      title={`MFA code for ${prompt.connectionName}`}
      description="AWS asks for the six digits that the MFA device shows now. They are used once and not kept."
      footer={
        <>
          <Button onClick={giveUp}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} disabled={!isCode(code)}>
            Continue
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (isCode(code)) void answerMfa(prompt.promptId, code);
        }}
      >
        <TextField
          label="MFA code"
          value={code}
          onChange={(text) => setCode(text.replace(/\D/g, '').slice(0, 6))}
          inputMode="numeric"
          placeholder="000000"
          className="w-40 font-mono"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog has this one field
          autoFocus
        />
        <p className="mt-3 flex items-center gap-2 text-xs text-ink-3">
          Device <Identifier value={prompt.serial} label="MFA device" max={48} />
        </p>
      </form>
    </Dialog>
  );
}

function isCode(text: string): boolean {
  return /^\d{6}$/.test(text);
}

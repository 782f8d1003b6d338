import { BookmarkPlus, Plus, X } from 'lucide-react';
import { useState } from 'react';
import {
  contextProblems,
  looksSecret,
  type contextTemplateSchema,
  type EncryptionContext,
} from '../../shared/model/envelope/context';
import type { z } from 'zod';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp } from '../app';
import { useAnswer } from '../app/useAnswer';
import { Button, Dialog, IconButton, Menu, TextField, type MenuEntry } from '../ui';
import type { Pair } from './feature';

type ContextTemplate = z.infer<typeof contextTemplateSchema>;

/** The encryption context as a form: pairs, and those that are kept by name. */
export function ContextFields({
  pairs,
  onChange,
}: {
  pairs: readonly Pair[];
  onChange: (pairs: readonly Pair[]) => void;
}) {
  const { client, toaster } = useApp();
  const [kept, setKept] = useState(0);
  const { value: templates } = useAnswer(
    (signal) => client.envelope.templates(undefined, { signal }),
    kept,
  );
  const [naming, setNaming] = useState<string>();
  const set = (id: number, change: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...change } : pair)));
  const problems = contextProblems(contextOf(pairs));
  const warnings = pairs.flatMap(({ name, value }) => looksSecret(name, value) ?? []);

  async function keep(next: readonly ContextTemplate[], told: string): Promise<void> {
    try {
      await client.envelope.setTemplates([...next]);
      setKept((count) => count + 1);
      toaster.add({ title: told });
    } catch (error) {
      toaster.add({ title: 'Not kept', description: toErrorInfo(error).message, type: 'error' });
    }
  }

  const entries: MenuEntry[] = [
    { heading: 'Fill in' },
    ...(templates ?? []).map((template) => ({
      label: template.name,
      onSelect: () => onChange(pairsOf(template.pairs)),
    })),
    { heading: 'Forget' },
    ...(templates ?? []).map((template) => ({
      label: `Forget ${template.name}`,
      danger: true,
      onSelect: () =>
        void keep(
          (templates ?? []).filter(({ name }) => name !== template.name),
          `${template.name} is forgotten`,
        ),
    })),
  ];

  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">Encryption context</legend>
      <p className="mb-2 text-xs text-ink-3">
        Whoever opens the envelope must know these pairs. They are not secret: they stand in the
        envelope and in CloudTrail.
      </p>
      <div className="space-y-1.5">
        {pairs.map(({ id, name, value }, index) => (
          <div key={id} className="flex items-start gap-1.5">
            <TextField
              label={`Name ${index + 1}`}
              labelHidden
              placeholder="Name"
              value={name}
              onChange={(next) => set(id, { name: next })}
              className="w-2/5"
            />
            <TextField
              label={`Value ${index + 1}`}
              labelHidden
              placeholder="Value"
              value={value}
              onChange={(next) => set(id, { value: next })}
              className="min-w-0 flex-1"
            />
            <IconButton
              icon={X}
              label={`Remove pair ${index + 1}`}
              onClick={() => onChange(pairs.filter((pair) => pair.id !== id))}
            />
          </div>
        ))}
      </div>
      {warnings.map((warning) => (
        <p key={warning} className="mt-1.5 text-xs text-stale">
          {warning}
        </p>
      ))}
      {problems.map((problem) => (
        <p key={problem} role="alert" className="mt-1.5 text-xs text-danger">
          {problem}
        </p>
      ))}
      <div className="mt-1.5 flex flex-wrap gap-1">
        <Button variant="ghost" icon={Plus} onClick={() => onChange([...pairs, emptyPair(pairs)])}>
          Add a pair
        </Button>
        {(templates?.length ?? 0) > 0 && (
          <Menu trigger={<Button variant="ghost">Kept contexts</Button>} entries={entries} />
        )}
        {pairs.some(({ name }) => name !== '') && (
          <Button variant="ghost" icon={BookmarkPlus} onClick={() => setNaming('')}>
            Keep
          </Button>
        )}
      </div>
      {naming !== undefined && (
        <Dialog
          open
          title="Keep this encryption context"
          description="It can be filled in again from Kept contexts. A pair without a value is asked for each time."
          onClose={() => setNaming(undefined)}
          footer={
            <>
              <Button onClick={() => setNaming(undefined)}>Cancel</Button>
              <Button
                variant="primary"
                disabled={naming.trim() === ''}
                onClick={() => {
                  const name = naming.trim();
                  const others = (templates ?? []).filter((each) => each.name !== name);
                  setNaming(undefined);
                  void keep([...others, templateOf(name, pairs)], `${name} is kept`);
                }}
              >
                Keep
              </Button>
            </>
          }
        >
          <TextField label="Name" value={naming} onChange={setNaming} maxLength={100} />
        </Dialog>
      )}
    </fieldset>
  );
}

/** The pairs with a name and a value, as KMS takes them. */
export function contextOf(pairs: readonly Pair[]): EncryptionContext {
  return Object.fromEntries(
    pairs.flatMap(({ name, value }) => (name !== '' && value !== '' ? [[name, value]] : [])),
  );
}

/** Why the form cannot be sent: a pair that is half written, a name that stands twice, what KMS refuses. */
export function pairsProblem(pairs: readonly Pair[]): string | undefined {
  const half = pairs.find(({ name, value }) => (name === '') !== (value === ''));
  if (half) return 'A pair of the encryption context has no name or no value.';
  const names = pairs.map(({ name }) => name).filter((name) => name !== '');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return `The encryption context has ${twice} twice.`;
  return contextProblems(contextOf(pairs))[0];
}

/** Pairs as the form holds them. */
export function pairsOf(pairs: readonly { name: string; value: string }[]): Pair[] {
  return pairs.map((pair, id) => ({ ...pair, id }));
}

function emptyPair(pairs: readonly Pair[]): Pair {
  return { id: Math.max(-1, ...pairs.map(({ id }) => id)) + 1, name: '', value: '' };
}

function templateOf(name: string, pairs: readonly Pair[]): ContextTemplate {
  const named = pairs.filter((pair) => pair.name !== '');
  return { name, pairs: named.map((pair) => ({ name: pair.name, value: pair.value })) };
}

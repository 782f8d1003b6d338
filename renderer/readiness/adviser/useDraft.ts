import { useState } from 'react';
import { emptyDraft, type AdviserDraft } from '../../../shared/model/adviser/draft';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import { useApp } from '../../app';
import { useAnswer } from '../../app/useAnswer';

/** Answers and numbers as they were left; a change is kept at once. */
export function useDraft(): {
  readonly draft: AdviserDraft | undefined;
  readonly error: ErrorInfo | undefined;
  readonly change: (change: Partial<AdviserDraft>) => void;
} {
  const { client, toaster } = useApp();
  const { value, error } = useAnswer((signal) => client.adviser.draft(undefined, { signal }));
  const [own, setOwn] = useState<AdviserDraft>();
  const draft = own ?? value ?? (error && emptyDraft);

  function change(changes: Partial<AdviserDraft>): void {
    const next = { ...(draft ?? emptyDraft), ...changes };
    setOwn(next);
    client.adviser.keepDraft(next).catch((thrown: unknown) => {
      const description = toErrorInfo(thrown).message;
      toaster.add({ title: 'Not kept for the next time', description, type: 'error' });
    });
  }

  return { draft, error, change };
}

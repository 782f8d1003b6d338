import type { ErrorInfo } from '../../shared/model/errors';
import type { ScopeReport } from '../../shared/model/key';

type Problem = ScopeReport['problems'][number];

/** What could not be told in one scope, counted by API and cause. */
export interface Problems {
  add(operation: string, error: ErrorInfo, keys: number): void;
  list(): Problem[];
}

export function createProblems(): Problems {
  const problems = new Map<string, Problem>();
  return {
    add(operation, { code, message, detail }, keys) {
      const permission = detail?.['permission'];
      const id = `${operation} ${code}`;
      const known = problems.get(id);
      if (known) known.keys += keys;
      else {
        problems.set(id, {
          operation,
          code,
          message,
          keys,
          ...(code === 'denied' && {
            permission: typeof permission === 'string' ? permission : operation,
          }),
        });
      }
    },
    list: () => [...problems.values()].map((problem) => ({ ...problem })),
  };
}

import { KeyRound, SearchX, ShieldQuestionMark, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../shared/model/errors';
import type { ScopeReport } from '../../shared/model/key';
import { navigate } from '../app/location';
import { Button, CodeBlock, EmptyState, ErrorPanel, Loading } from '../ui';
import { iamPolicyText, inventoryPermissions } from '../../shared/model/iamPolicy';

/** Why the table has no rows, and the way on. Never an empty table without a word. */
export function EmptyKeys({
  waiting,
  running,
  chosen,
  scopes,
  error,
  filtered,
  onClear,
  onRefresh,
}: {
  waiting: boolean;
  running: boolean;
  /** How many connections are chosen; undefined while that is not known. */
  chosen: number | undefined;
  scopes: readonly ScopeReport[];
  error: ErrorInfo | undefined;
  /** There are keys, but no one passes the filters. */
  filtered: boolean;
  onClear: () => void;
  onRefresh: () => void;
}): ReactNode {
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No key matches"
        actions={<Button onClick={onClear}>Clear search and filters</Button>}
      >
        There are keys, but the search and the filters together leave none.
      </EmptyState>
    );
  }
  if (chosen === 0) return <NothingChosen />;
  if (waiting) return <Loading label="Opening the stored inventory" rows={12} />;
  if (running) return <Loading label="Reading the keys for the first time" rows={12} />;
  if (error) {
    return (
      <div className="mx-auto w-full max-w-160 p-6">
        <ErrorPanel error={error} onRetry={onRefresh} />
      </div>
    );
  }
  const unread = scopes.filter(({ state }) => state !== 'complete');
  if (unread.length > 0 || scopes.length === 0) {
    return (
      <EmptyState
        icon={ShieldQuestionMark}
        title="No key could be read"
        actions={<Button onClick={onRefresh}>Try again</Button>}
      >
        {scopes.length === 0
          ? 'Nothing has been read yet.'
          : `${unread.length} of ${scopes.length} Regions could not be read, so nothing is known of the keys there. The reasons stand above.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={KeyRound}
      title="No keys here"
      actions={<Button onClick={() => navigate('/accounts')}>Choose other Regions</Button>}
    >
      All of {scopes.map(({ region }) => region).join(', ')} was read, and there is no KMS key.
    </EmptyState>
  );
}

/** The first run: what is needed, with the permissions to copy. */
function NothingChosen() {
  return (
    <div className="overflow-y-auto">
      <EmptyState
        icon={Users}
        title="No account is chosen"
        actions={
          <Button variant="primary" onClick={() => navigate('/accounts')}>
            Choose accounts and Regions
          </Button>
        }
      >
        Choose a profile of your AWS config, or the practice account, which needs none. The profile
        needs these read-only permissions:
      </EmptyState>
      <div className="mx-auto max-w-160 px-6 pb-8">
        <CodeBlock text={iamPolicyText(inventoryPermissions)} label="IAM policy" />
      </div>
    </div>
  );
}

import { UserRoundSearch } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../../shared/contract/accounts';
import { useApp } from '../app';
import { Badge, Button, Checkbox, ErrorPanel, Identifier, Time, Tooltip } from '../ui';
import { RegionsDialog } from './RegionsDialog';
import type { IdentityState } from './store';

/** One connection: in the inventory or not, where its credentials come from, who it is, its Regions. */
export function ConnectionRow({ connection }: { connection: Connection }) {
  const { accounts, toaster } = useApp();
  const identity = useStore(accounts, (state) => state.identities[connection.id]);
  const [choosing, setChoosing] = useState(false);
  const { id, name, problem, chosen, regions, defaultRegion } = connection;
  const refused = problem?.code === 'runtime-refused';

  const choose = async (next: readonly string[]) => {
    const error = await accounts.getState().choose(id, next);
    if (error) toaster.add({ title: 'Not chosen', description: error.message, type: 'error' });
  };
  const onToggle = (on: boolean) => {
    const known = regions.length > 0 ? regions : defaultRegion ? [defaultRegion] : [];
    if (on && known.length === 0) setChoosing(true);
    else void choose(on ? known : []);
  };

  return (
    <li className="px-4 py-3">
      <div className="flex items-start gap-4">
        <Checkbox
          className="h-7 w-56 shrink-0"
          checked={chosen}
          disabled={Boolean(problem) && !chosen}
          onChange={onToggle}
        >
          <span className="min-w-0">
            <span className="block truncate font-medium" title={name}>
              {name}
            </span>
          </span>
        </Checkbox>
        <div className="min-w-0 flex-1">
          <SourceLine connection={connection} />
          {!problem && <IdentityLine connection={connection} state={identity} />}
          {refused && <p className="text-xs text-ink-3">Refused on the evaluation runtime.</p>}
        </div>
        <div className="flex shrink-0 items-center gap-2">
          {!problem && (
            <Button onClick={() => setChoosing(true)}>
              {regionsText(regions)}
              <span className="sr-only"> of {name}</span>
            </Button>
          )}
        </div>
      </div>
      {problem && !refused && (
        <div className="mt-2">
          <ErrorPanel error={problem} compact />
        </div>
      )}
      {choosing && (
        <RegionsDialog
          connection={connection}
          onClose={() => setChoosing(false)}
          onApply={(next) => {
            setChoosing(false);
            void choose(next);
          }}
        />
      )}
    </li>
  );
}

function SourceLine({ connection }: { connection: Connection }) {
  const { source, sourceDetail, endpointUrl, mfaSerial } = connection;
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-2">
      <span className="text-ink">{sourceNames[source] ?? source}</span>
      {sourceDetail && <span className="min-w-0 break-all">{sourceDetail}</span>}
      {mfaSerial && <Badge>MFA</Badge>}
      {endpointUrl && (
        <Tooltip label="Every call of this connection goes to this address instead of AWS's own">
          <span>
            <Badge tone="info">{endpointUrl}</Badge>
          </span>
        </Tooltip>
      )}
    </div>
  );
}

/** Who AWS says it is: asked by itself for what is chosen, by a click for the rest. */
function IdentityLine({
  connection,
  state,
}: {
  connection: Connection;
  state: IdentityState | undefined;
}) {
  const { accounts } = useApp();
  const ask = () => void accounts.getState().identify(connection.id);

  if (state?.status === 'known') {
    const { identity } = state;
    return (
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        <Identifier value={identity.accountId} label="Account id" />
        <Identifier value={identity.arn} label="Principal ARN" max={64} />
        <span className="text-ink-3">
          as of <Time iso={identity.asOf} zone />
        </span>
      </div>
    );
  }
  if (state?.status === 'failed') return <ErrorPanel error={state.error} onRetry={ask} compact />;
  return (
    <Button
      variant="ghost"
      icon={UserRoundSearch}
      busy={state?.status === 'asking'}
      onClick={ask}
      className="-ml-3"
    >
      {state ? 'Asking AWS' : 'Who am I?'}
    </Button>
  );
}

function regionsText(regions: readonly string[]): string {
  const [region] = regions;
  if (!region) return 'Choose Regions';
  return regions.length === 1 ? region : `${regions.length} Regions`;
}

const sourceNames: Record<string, string> = {
  practice: 'Built in',
  static: 'Access key',
  sso: 'IAM Identity Center (SSO)',
  'assume-role': 'Assumed role',
  process: 'Credential process',
  'web-identity': 'Web identity',
  environment: 'Environment variables',
  unknown: 'Incomplete',
};

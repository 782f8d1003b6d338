import { ChevronDown, FlaskConical, Globe } from 'lucide-react';
import { useStore } from 'zustand';
import { useApp, useScope } from '../app/context';
import { navigate } from '../app/location';
import { Badge, cx, Menu } from '../ui';
import { scopeSummary } from './scopeSummary';

/** Accounts and Regions of the window, always in sight. Opens what they are and the way to choose. */
export function ScopeButton() {
  const { accounts } = useApp();
  const { chosen, practice, mixed } = useScope();
  const identities = useStore(accounts, (state) => state.identities);
  const status = useStore(accounts, (state) => state.status);
  const { title, detail } = scopeSummary(chosen, identities, status);

  return (
    <Menu
      trigger={
        <button
          type="button"
          className={cx(
            'flex h-7 min-w-0 shrink items-center gap-2 rounded-md px-1.5 text-sm select-none',
            practice
              ? 'hover:bg-practice-line/40 data-popup-open:bg-practice-line/40'
              : 'hover:bg-hover data-popup-open:bg-hover',
          )}
        >
          <span className="sr-only">Accounts and Regions:</span>
          {practice || mixed ? (
            <Badge tone="practice" icon={FlaskConical}>
              {practice ? 'PRACTICE' : 'PRACTICE + REAL'}
            </Badge>
          ) : (
            <Globe aria-hidden size={14} className="shrink-0 text-ink-3" />
          )}
          {/* Where there is little room, the badge says what it is, and id and Regions stay whole. */}
          <span className={cx('truncate font-medium', practice && 'max-lg:sr-only')}>{title}</span>
          {detail && <span className="truncate text-xs text-ink-2">{detail}</span>}
          <ChevronDown aria-hidden size={14} className="shrink-0 text-ink-3" />
        </button>
      }
      entries={[
        ...chosen.flatMap((connection) => {
          const identity = identities[connection.id];
          const account = identity?.status === 'known' ? ` (${identity.identity.accountId})` : '';
          return [
            { heading: `${connection.name}${account}` },
            ...connection.regions.map((region) => ({
              label: region,
              onSelect: () => navigate(`/keys?region=${encodeURIComponent(region)}`),
            })),
          ];
        }),
        'separator',
        {
          label: 'Choose accounts and Regions',
          shortcut: 'g a',
          onSelect: () => navigate('/accounts'),
        },
      ]}
    />
  );
}

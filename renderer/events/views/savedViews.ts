import { Bookmark, BookmarkCheck } from 'lucide-react';
import type { SavedEventView } from '../../../shared/contract/settings';
import { eventQuerySchema } from '../../../shared/model/events/query';
import type { App } from '../../app/context';
import type { Command } from '../../app/commands';
import { navigate } from '../../app/location';
import { formatEventPlace } from '../eventPlace';
import { keyChanges } from './keyChanges';

/** Views that everybody has. */
export const builtInViews: readonly SavedEventView[] = [
  {
    name: 'Failed Decrypts',
    place: placeOf({ name: ['Decrypt'], outcome: ['denied', 'throttled', 'failed'] }),
  },
  {
    name: 'Changes of keys',
    place: placeOf({ name: [...keyChanges], outcome: ['ok'] }),
  },
];

/** What is wrong with a view's name, or undefined. `own` is the name that it has now. */
export function nameProblem(
  name: string,
  views: readonly { readonly name: string }[],
  own?: string,
): string | undefined {
  const wanted = name.trim();
  if (wanted.length === 0 || wanted.length > 80) return 'A name has 1 to 80 characters.';
  const taken = [...builtInViews, ...views].some(
    (view) => view.name !== own && view.name.toLowerCase() === wanted.toLowerCase(),
  );
  return taken ? 'There is a view of this name.' : undefined;
}

export function openView({ place }: SavedEventView): void {
  navigate(place === '' ? '/events' : `/events?${place}`);
}

/** Each view can be opened from anywhere. */
export function eventViewCommands({ settings }: App): Command[] {
  const { savedEventViews } = settings.getState().values;
  return [...builtInViews, ...savedEventViews].map((view, index) => ({
    id: `events.view.${view.name}`,
    title: `Events: ${view.name}`,
    group: 'Events',
    keywords: 'saved view open',
    icon: index < builtInViews.length ? BookmarkCheck : Bookmark,
    run: () => openView(view),
  }));
}

function placeOf(filters: object): string {
  return formatEventPlace({ view: 'list', query: eventQuerySchema.parse({ filters }) });
}

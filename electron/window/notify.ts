import type { Notification } from 'electron';

export interface Note {
  readonly title: string;
  readonly body: string;
  /** The part of the window's address after `#`. */
  readonly place: string;
}

/**
 * Shows notifications of the system; a click opens the window at the note's place. Gives false where
 * the system shows none.
 */
export function createNotify(parts: {
  readonly supported: () => boolean;
  readonly create: (note: { title: string; body: string }) => Pick<Notification, 'on' | 'show'>;
  readonly navigate: (hash: string) => void;
}): (note: Note) => boolean {
  // One that nothing refers to is collected, and its click is lost.
  const shown = new Set<unknown>();
  return ({ title, body, place }) => {
    if (!parts.supported()) return false;
    const notification = parts.create({ title, body });
    shown.add(notification);
    const leave = () => void shown.delete(notification);
    notification.on('close', leave);
    notification.on('click', () => {
      leave();
      parts.navigate(`#${place}`);
    });
    notification.show();
    return true;
  };
}

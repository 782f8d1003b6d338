import { CircleAlert, CircleDot, TriangleAlert } from 'lucide-react';
import type { Alert, Severity } from '../../../shared/model/events/findings';
import type { StatusLook } from '../../ui';

/** Severities as icon, word and colour. */
export const severityLooks: Readonly<Record<Severity, StatusLook>> = {
  high: { icon: TriangleAlert, word: 'High', tone: 'fail' },
  medium: { icon: CircleAlert, word: 'Medium', tone: 'unsure' },
  low: { icon: CircleDot, word: 'Low', tone: 'quiet' },
};

/** The reason with the key by the name that people have for it; of an id its beginning, for a list. */
export function shortReason({ reason, key }: Alert, name: string): string {
  const id = key?.replace(/^.*\//, '');
  if (id === undefined) return reason;
  const called = name === id ? `key ${id.slice(0, id.startsWith('mrk-') ? 12 : 8)}…` : name;
  return reason.replace(new RegExp(`[Kk]ey ${id}`), called);
}

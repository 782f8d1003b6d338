import { Ban, CircleCheck, CircleX, Gauge } from 'lucide-react';
import type { EventFacet, FailureCause, Outcome } from '../../shared/model/events/event';
import type { StatusLook } from '../ui';

/** What the filter bar calls the facets. */
export const facetTitles: Readonly<Record<EventFacet, string>> = {
  name: 'Event',
  outcome: 'Outcome',
  cause: 'Cause',
  error: 'Error',
  key: 'Key',
  caller: 'Caller',
  role: 'Role',
  service: 'Service',
  source: 'Source',
  account: 'Account',
  region: 'Region',
  context: 'Context',
  ip: 'IP address',
  keyExchange: 'Key exchange',
};

/** Outcomes as icon, word and colour. */
export const outcomeLooks: Readonly<Record<Outcome, StatusLook>> = {
  ok: { icon: CircleCheck, word: 'Done', tone: 'pass' },
  denied: { icon: Ban, word: 'Denied', tone: 'fail' },
  throttled: { icon: Gauge, word: 'Throttled', tone: 'stale' },
  failed: { icon: CircleX, word: 'Failed', tone: 'unsure' },
};

/** Why a use of a key failed, in two or three words. */
export const causeWords: Readonly<Record<FailureCause, string>> = {
  'wrong-key': 'Wrong key',
  'wrong-context-or-tampered': 'Wrong context or changed data',
  'wrong-signature': 'Signature or MAC that does not fit',
  disabled: 'Key disabled',
  'pending-deletion': 'Key pending deletion',
  'pending-import': 'Key without material',
  denied: 'Access denied',
  throttled: 'Throttled',
  'key-store-away': 'Key store away',
  'not-found': 'No such key',
  'other-state': 'Key in a wrong state',
  other: 'Other refusal',
};

/** A facet's value as a person reads it; the empty one stands for events that do not say. */
export function valueLabel(facet: EventFacet, value: string): string {
  if (value === '') return facet === 'error' || facet === 'cause' ? '(no error)' : '(none)';
  if (facet === 'outcome') return outcomeLooks[value as Outcome]?.word ?? value;
  if (facet === 'cause') return causeWords[value as FailureCause] ?? value;
  if (facet === 'key') return shortKey(value);
  if (facet === 'role') return value.slice(value.lastIndexOf('/') + 1);
  return value;
}

/** A key's id of its ARN; anything else as it is. */
export function shortKey(key: string): string {
  return key.startsWith('arn:') ? key.slice(key.lastIndexOf('/') + 1) : key;
}

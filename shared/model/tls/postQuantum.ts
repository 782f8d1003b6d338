import type { Verdict } from '../verdict';
import { listed, offerOf, wasAsked } from './offers';
import { groups } from './registry';
import type { Observation } from './result';

/** Whether a client that can agrees on keys that a later quantum computer does not open. */
export function postQuantumVerdict(observation: Observation): Verdict {
  const names = observation.groups.map(({ name }) => name);
  const able = names.filter((name) => isStandard(name));
  if (able.length > 0) return { value: 'pass', reason: `Offers ${listed(able)}.` };
  const offered = offerOf(observation, 'TLS1.3');
  if (offered === 'no') {
    return {
      value: 'fail',
      reason: 'TLS 1.3 is not offered, and older versions have no post-quantum key exchange.',
      remedy: 'Offer TLS 1.3 with the group X25519MLKEM768.',
    };
  }
  if (!wasAsked(observation, 'groups')) {
    return { value: 'cannot-tell', reason: 'The groups were not asked for.' };
  }
  if (offered === 'unknown' || !observation.groupsComplete) {
    return { value: 'cannot-tell', reason: 'Not all key exchange groups are known.' };
  }
  const drafts = names.filter((name) => name.includes('Kyber'));
  const draft =
    drafts.length > 0 ? ` ${listed(drafts)} was a draft that clients have dropped.` : '';
  return {
    value: 'fail',
    reason: `No post-quantum group is offered.${draft}`,
    remedy:
      'Add the group X25519MLKEM768 (OpenSSL 3.5 or newer; on a load balancer a policy with PQ in its name).',
  };
}

function isStandard(name: string): boolean {
  return (
    !name.includes('Kyber') && groups.some((group) => group.name === name && group.postQuantum)
  );
}

import type { PresentedChain } from '../../../tls/certificate';
import { namedChains, wasAsked } from '../../../tls/offers';
import type { ScanResult } from '../../../tls/result';
import type { Verdict } from '../../../verdict';
import type { Check } from '../../check';
import { gravest } from '../../rollUp';
import { endpointCheck, type EndpointCheckFacts } from '../in-transit/endpointCheck';

/** A check that asks every certificate of each endpoint; a certificate that is missing cannot pass. */
export function chainCheck({
  rule,
  ...facts
}: EndpointCheckFacts & {
  readonly rule: (chain: PresentedChain, scan: ScanResult, now: Date) => Verdict;
}): Check {
  return endpointCheck({
    group: 'certificates',
    ...facts,
    rule(scan, _endpoint, now) {
      const chains = namedChains(scan);
      const verdicts = chains.map((chain) => rule(chain, scan, now));
      const { certificatesNote } = scan;
      if (chains.length === 0 || certificatesNote !== undefined) {
        const unasked = wasAsked(scan, 'certificate')
          ? 'No certificate was seen.'
          : 'Not asked for.';
        verdicts.push({ value: 'cannot-tell', reason: certificatesNote ?? unasked });
      }
      return gravest(verdicts) ?? { value: 'cannot-tell', reason: 'No certificate was seen.' };
    },
  });
}

import type {
  DhParameters,
  HttpResult,
  ProtocolResult,
  TlsFeatures,
  Vulnerability,
} from '../../../shared/model/tls/scan';
import type { Dialer } from '../net/types';

/** What other parts of the scan found; a part that was not looked at is absent. */
export interface Evidence {
  readonly protocols: readonly ProtocolResult[];
  readonly features?: TlsFeatures | undefined;
  readonly http?: HttpResult | undefined;
  readonly dhParameters: readonly DhParameters[];
}

/** A vulnerability's verdict and the one sentence that says what was seen. */
export type Outcome = Pick<Vulnerability, 'verdict' | 'why'>;

/** Follows from what other parts saw. */
export type Rule = (evidence: Evidence) => Outcome;

/** Sends packets of its own. Never rejects but on cancellation. */
export type Probe = (dialer: Dialer, evidence: Evidence) => Promise<Outcome>;

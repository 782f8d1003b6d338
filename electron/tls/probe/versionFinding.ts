import type { Answer as YesNoUnknown } from '../../../shared/model/tls/scan';
import type { HelloSize, HelloVersion } from './offers';
import type { Preference } from './preference';
import type { TakenSuite } from './removal';

/** What was found out of one version. */
export interface VersionFinding {
  readonly version: HelloVersion;
  readonly offered: YesNoUnknown;
  /** How it was refused, or what remained unknown. */
  readonly why?: string;
  readonly suites: readonly TakenSuite[];
  readonly complete: boolean;
  readonly preference: Preference;
  /** The hellos that the server understands. */
  readonly size: HelloSize;
  readonly notes: readonly string[];
}

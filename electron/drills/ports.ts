import type { Events } from '../events/index';
import type { Keys } from '../keys/index';
import type { AwsGateway, Connections } from '../aws/types';

/** Credentials that a drill gets hold of on its way, as the gateway takes them. */
export type Lend = (
  base: string,
  lent: {
    readonly name: string;
    readonly account: string;
    readonly credentials: {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
    };
  },
) => Promise<string>;

/** A user of the practice account. */
export interface PracticeUser {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly mfa?: { readonly serialNumber: string; readonly code: string } | undefined;
}

/** What a drill needs of the practice account beyond AWS's API. */
export interface PracticeSide {
  users(): Promise<readonly PracticeUser[]>;
  /** Moves its clock on, so that nobody waits for what takes its time. */
  pass(ms: number): Promise<Date>;
  setFault(fault: { operation: string; kind: 'throttle'; region?: string }): Promise<void>;
  clearFault(fault: { operation: string; kind: 'throttle'; region?: string }): Promise<void>;
  /** Switches an alarm’s actions off or on. */
  muteAlarm(region: string, alarm: string, muted: boolean): Promise<void>;
}

/** The other features, as far as drills ask them. */
export interface Neighbours {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly lend: Lend;
  readonly keyDetail: Keys['handlers']['detail'];
  readonly validateTrail: Events['handlers']['validateBucket'];
  readonly practice: PracticeSide | undefined;
}

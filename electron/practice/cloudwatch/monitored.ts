import type { Wiring } from '../alarms/wiring';
import type { Metrics } from './metrics';

/** What the services of alarms look at in one Region: the alarms, and the metrics that they could watch. */
export interface Monitored extends Wiring {
  readonly region: string;
  readonly metrics: Metrics;
  /** The account's time, milliseconds since 1970. */
  readonly now: number;
}

/** One call of CloudWatch that was read: what its permission is for, and its answer as JSON. */
export interface MonitoringCall {
  readonly resource: string;
  readonly answer: (monitored: Monitored) => object;
}

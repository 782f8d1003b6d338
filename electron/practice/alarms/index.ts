import { cloudWatch } from '../cloudwatch/index';
import type { Monitored } from '../cloudwatch/monitored';
import { scopeOf, type EdgeService } from '../edge/service';
import { logs } from '../logs/index';
import type { HttpRequest } from '../sigv4/verify';
import { sns } from '../sns/index';

const services: readonly EdgeService<Monitored>[] = [logs, cloudWatch, sns];

/** All that the services of alarms can do, as faults are aimed at it. */
export const alarmOperations = services.flatMap(({ operations }) => operations);

/** The service of alarms that a request's signature names. */
export function alarmService(request: HttpRequest): EdgeService<Monitored> | undefined {
  return services.find((service) => service.scope === scopeOf(request));
}

import { alarmOperations } from '../alarms/index';
import { apiGateway } from '../apigateway/index';
import { cloudFront } from '../cloudfront/index';
import { elbv2 } from '../elbv2/index';
import type { HttpRequest } from '../sigv4/verify';
import { scopeOf, type EdgeService } from './service';

const services = [elbv2, cloudFront, apiGateway];

/** All that the services that only look can do, as faults are aimed at it. */
export const edgeOperations = [
  ...services.flatMap(({ operations }) => operations),
  ...alarmOperations,
];

/** The edge service that a request's signature names: the account has one address for all its services. */
export function edgeService(request: HttpRequest): EdgeService | undefined {
  return services.find((service) => service.scope === scopeOf(request));
}

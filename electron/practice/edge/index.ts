import { apiGateway } from '../apigateway/index';
import { cloudFront } from '../cloudfront/index';
import { elbv2 } from '../elbv2/index';
import type { HttpRequest } from '../sigv4/verify';
import type { EdgeService } from './service';

const services = [elbv2, cloudFront, apiGateway];

/** All that the edge services can do, as faults are aimed at it. */
export const edgeOperations = services.flatMap(({ operations }) => operations);

/** The edge service that a request's signature names: the account has one address for all its services. */
export function edgeService({ headers }: HttpRequest): EdgeService | undefined {
  const scope = /\/([a-z0-9]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1];
  return services.find((service) => service.scope === scope);
}

import { acm } from '../acm/index';
import { backup } from '../backup/index';
import { dynamoDb } from '../dynamodb/index';
import { ec2 } from '../ec2/index';
import { scopeOf, type EdgeService } from '../edge/service';
import { iamApi } from '../iamApi/index';
import { rds } from '../rds/index';
import { secretsManager } from '../secretsmanager/index';
import { serviceQuotas } from '../servicequotas/index';
import type { HttpRequest } from '../sigv4/verify';
import type { Stock } from './holdings';

const services: readonly EdgeService<Stock>[] = [
  iamApi,
  ec2,
  rds,
  dynamoDb,
  secretsManager,
  acm,
  serviceQuotas,
  backup,
];

/** All that the services of what an account keeps can do, as faults are aimed at it. */
export const stockOperations = services.flatMap(({ operations }) => operations);

/** The service of what an account keeps that a request's signature names. */
export function stockService(request: HttpRequest): EdgeService<Stock> | undefined {
  return services.find((service) => service.scope === scopeOf(request));
}

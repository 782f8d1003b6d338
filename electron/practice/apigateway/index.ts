import type { EdgeCall, EdgeService } from '../edge/service';
import { pageOf } from '../edge/service';
import type { Estate, NamedEndpoint } from '../edge/estate';
import { AwsError } from '../protocol/awsError';
import type { HttpRequest } from '../sigv4/verify';

/**
 * As much of API Gateway (REST with JSON; API 2015-07-09 and, below `/v2`, API 2018-11-29) as finding
 * endpoints needs: GetDomainNames and GetRestApis, GetDomainNames and GetApis.
 */
export const apiGateway: EdgeService = {
  scope: 'apigateway',
  source: 'apigateway.amazonaws.com',
  operations: ['apigateway:GetDomainNames', 'apigateway:GetRestApis', 'apigateway:GetApis'],
  read,
  refuse(error) {
    const denied = error.code === 'AccessDeniedException';
    return {
      status: denied ? 403 : error.status,
      contentType: 'application/json',
      body: JSON.stringify(denied ? { Message: error.message } : { message: error.message }),
      errorType: error.code,
    };
  },
  throttled: () => new AwsError('TooManyRequestsException', 'Too Many Requests', 429),
};

type Route = {
  readonly operation: string;
  readonly size: string;
  readonly marker: string;
  readonly list: (estate: Estate) => readonly object[];
  readonly body: (items: readonly object[], next: string | undefined) => object;
};

const first = { size: 'limit', marker: 'position' } as const;
const second = { size: 'maxResults', marker: 'nextToken' } as const;
const firstBody: Route['body'] = (item, position) => ({ item, ...(position && { position }) });
const secondBody: Route['body'] = (items, nextToken) => ({
  items,
  ...(nextToken && { nextToken }),
});

const routes: Readonly<Record<string, Route>> = {
  '/domainnames': {
    ...first,
    operation: 'GetDomainNames',
    list: ({ restDomains }) => restDomains.map(restDomain),
    body: firstBody,
  },
  '/restapis': {
    ...first,
    operation: 'GetRestApis',
    // Their default endpoints would lead out of this machine: switched off, as many companies do.
    list: ({ restDomains }) => restDomains.map(restApi),
    body: firstBody,
  },
  '/v2/domainnames': {
    ...second,
    operation: 'GetDomainNames',
    // AWS lists the domain names of REST APIs here too.
    list: ({ restDomains }) => restDomains.map(httpDomain),
    body: secondBody,
  },
  '/v2/apis': {
    ...second,
    operation: 'GetApis',
    list: ({ httpApis }) => httpApis.map(httpApi),
    body: secondBody,
  },
};

function read({ method, url }: HttpRequest, region: string): EdgeCall {
  const { pathname, searchParams } = new URL(url, 'http://apigateway');
  const route = method === 'GET' && Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
  if (!route) throw new AwsError('NotFoundException', 'Invalid resource identifier specified', 404);
  const given = searchParams.get(route.size);
  return {
    operation: route.operation,
    action: 'apigateway:GET',
    resource: `arn:aws:apigateway:${region}::${pathname.replace(/^\/v2/, '')}`,
    parameters: given === null ? null : { [route.size]: given.slice(0, 20) },
    answer(estate) {
      const size = given === null ? 25 : Number(given);
      if (!Number.isInteger(size) || size < 1 || size > 500) {
        throw new AwsError('BadRequestException', `Invalid ${route.size}`);
      }
      const page = pageOf(route.list(estate), searchParams.get(route.marker), size);
      if (!page) throw new AwsError('BadRequestException', `Invalid ${route.marker}`);
      return {
        status: 200,
        contentType: 'application/json',
        body: JSON.stringify(route.body(page.items, page.next)),
      };
    },
  };
}

function restDomain({ domainName, clientCertificate }: NamedEndpoint): object {
  return {
    domainName,
    domainNameStatus: 'AVAILABLE',
    securityPolicy: 'TLS_1_2',
    endpointConfiguration: { types: ['REGIONAL'] },
    ...(clientCertificate && {
      mutualTlsAuthentication: { truststoreUri: 's3://practice-truststore/clients.pem' },
    }),
  };
}

function restApi({ id, name, createdAt }: NamedEndpoint): object {
  return {
    id: id.slice(0, 10),
    name,
    createdDate: Math.floor(createdAt / 1000),
    apiKeySource: 'HEADER',
    endpointConfiguration: { types: ['REGIONAL'] },
    disableExecuteApiEndpoint: true,
  };
}

function httpDomain({ domainName, clientCertificate }: NamedEndpoint): object {
  return {
    domainName,
    domainNameConfigurations: [
      { domainNameStatus: 'AVAILABLE', endpointType: 'REGIONAL', securityPolicy: 'TLS_1_2' },
    ],
    ...(clientCertificate && {
      mutualTlsAuthentication: { truststoreUri: 's3://practice-truststore/clients.pem' },
    }),
  };
}

function httpApi({ id, name, domainName, createdAt }: NamedEndpoint): object {
  return {
    apiId: id,
    name,
    apiEndpoint: `https://${domainName}`,
    createdDate: new Date(createdAt).toISOString(),
    protocolType: 'HTTP',
    routeSelectionExpression: '$request.method $request.path',
    disableExecuteApiEndpoint: false,
  };
}

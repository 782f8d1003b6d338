import {
  GetDomainNamesCommand,
  GetRestApisCommand,
  type EndpointConfiguration,
} from '@aws-sdk/client-api-gateway';
import {
  GetApisCommand,
  GetDomainNamesCommand as GetDomainNamesV2Command,
} from '@aws-sdk/client-apigatewayv2';
import { partitionOf, type Partition } from '../../aws/regions';
import { pages } from '../../aws/pages';
import type { Search } from './types';

/** Custom domain names and default endpoints of REST APIs in one Region. */
export async function findRestApis(search: Search): Promise<void> {
  const source = `apigateway/${search.region}`;
  const domains = pages(
    'apigateway:GetDomainNames',
    (position) => search.send(new GetDomainNamesCommand({ limit: 500, position })),
    ({ position }) => position,
  );
  for await (const { items = [] } of domains) {
    for (const { domainName = '', endpointConfiguration, ...domain } of items) {
      search.found({
        host: domainName,
        name: domainName,
        source,
        tags: [...privacy(endpointConfiguration), ...listed(domain.securityPolicy)],
        clientCertificate: domain.mutualTlsAuthentication?.truststoreUri !== undefined,
      });
    }
  }
  const apis = pages(
    'apigateway:GetRestApis',
    (position) => search.send(new GetRestApisCommand({ limit: 500, position })),
    ({ position }) => position,
  );
  for await (const { items = [] } of apis) {
    for (const { id, name = '', endpointConfiguration, disableExecuteApiEndpoint } of items) {
      if (disableExecuteApiEndpoint || id === undefined) continue;
      const host = `${id}.execute-api.${search.region}.${suffixOf(search.region)}`;
      search.found({ host, name, source, tags: privacy(endpointConfiguration) });
    }
  }
}

/** Custom domain names and default endpoints of HTTP and WebSocket APIs in one Region. */
export async function findHttpApis(search: Search): Promise<void> {
  const source = `apigateway/${search.region}`;
  const domains = pages(
    'apigatewayv2:GetDomainNames',
    (NextToken) => search.send(new GetDomainNamesV2Command({ MaxResults: '100', NextToken })),
    ({ NextToken }) => NextToken,
  );
  for await (const { Items = [] } of domains) {
    for (const {
      DomainName: host = '',
      DomainNameConfigurations,
      MutualTlsAuthentication,
    } of Items) {
      search.found({
        host,
        name: host,
        source,
        tags: listed(DomainNameConfigurations?.[0]?.SecurityPolicy),
        clientCertificate: MutualTlsAuthentication?.TruststoreUri !== undefined,
      });
    }
  }
  const apis = pages(
    'apigatewayv2:GetApis',
    (NextToken) => search.send(new GetApisCommand({ MaxResults: '100', NextToken })),
    ({ NextToken }) => NextToken,
  );
  for await (const { Items = [] } of apis) {
    for (const { ApiEndpoint, Name = '', DisableExecuteApiEndpoint } of Items) {
      if (DisableExecuteApiEndpoint || ApiEndpoint === undefined) continue;
      search.found({ host: ApiEndpoint.replace(/^wss:/, 'https:'), name: Name, source });
    }
  }
}

function privacy(configuration: EndpointConfiguration | undefined): string[] {
  return configuration?.types?.includes('PRIVATE') ? ['private'] : [];
}

function listed(policy: string | undefined): string[] {
  return policy === undefined ? [] : [policy];
}

function suffixOf(region: string): string {
  return suffixes[partitionOf(region)];
}

const suffixes: Readonly<Record<Partition, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
};

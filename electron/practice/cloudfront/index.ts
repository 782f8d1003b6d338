import type { EdgeCall, EdgeService } from '../edge/service';
import { pageOf } from '../edge/service';
import type { NamedEndpoint } from '../edge/estate';
import { AwsError } from '../protocol/awsError';
import { writeXml, type Xml } from '../s3/xml';
import type { HttpRequest } from '../sigv4/verify';
import { queryError } from '../sts/index';

/** As much of CloudFront (REST with XML, API 2020-05-31) as finding endpoints needs: ListDistributions. */
export const cloudFront: EdgeService = {
  scope: 'cloudfront',
  home: 'us-east-1',
  source: 'cloudfront.amazonaws.com',
  operations: ['cloudfront:ListDistributions'],
  read,
  refuse(error, requestId) {
    const { status, xml } = queryError(error, requestId, namespace);
    return { status, contentType: 'text/xml', body: xml };
  },
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
};

const namespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

function read({ method, url }: HttpRequest): EdgeCall {
  const { pathname, searchParams } = new URL(url, 'http://cloudfront');
  if (method !== 'GET' || pathname !== '/2020-05-31/distribution') {
    throw new AwsError('NoSuchResource', 'The practice account only lists distributions.', 404);
  }
  const marker = searchParams.get('Marker');
  const maxItems = searchParams.get('MaxItems');
  return {
    operation: 'ListDistributions',
    action: 'cloudfront:ListDistributions',
    resource: '*',
    parameters: maxItems === null ? null : { maxItems: maxItems.slice(0, 20) },
    answer({ distributions }) {
      const size = maxItems === null ? 100 : Number(maxItems);
      if (!Number.isInteger(size) || size < 1) {
        throw new AwsError('InvalidArgument', 'The parameter MaxItems must be a positive number.');
      }
      const page = pageOf(distributions, marker, size);
      if (!page) throw new AwsError('InvalidArgument', 'The parameter Marker is invalid.');
      const members: Xml[] = [
        ['Marker', marker ?? ''],
        ...(page.next === undefined ? [] : [['NextMarker', page.next] as const]),
        ['MaxItems', size],
        ['IsTruncated', page.next !== undefined],
        ['Quantity', page.items.length],
        ['Items', page.items.map(summary)],
      ];
      const body = writeXml(['DistributionList', members], namespace);
      return { status: 200, contentType: 'text/xml', body };
    },
  };
}

function summary({ id, name, domainName, clientCertificate, createdAt }: NamedEndpoint): Xml {
  return [
    'DistributionSummary',
    [
      ['Id', id],
      ['ARN', `arn:aws:cloudfront::111122223333:distribution/${id}`],
      ['Status', 'Deployed'],
      ['LastModifiedTime', new Date(createdAt).toISOString()],
      ['DomainName', domainName],
      ['Aliases', [['Quantity', 0]]],
      ['Comment', name],
      ['PriceClass', 'PriceClass_100'],
      ['Enabled', true],
      [
        'ViewerCertificate',
        [
          ['CloudFrontDefaultCertificate', false],
          ['MinimumProtocolVersion', 'TLSv1.2_2021'],
        ],
      ],
      ...(clientCertificate ? [['ViewerMtlsConfig', [['Mode', 'required']]] as Xml] : []),
      ['HttpVersion', 'http2'],
      ['IsIPV6Enabled', true],
      ['Staging', false],
    ],
  ];
}

import type { EdgeCall, EdgeService } from '../edge/service';
import { pageOf } from '../edge/service';
import type { Estate, Listener, LoadBalancer } from '../edge/estate';
import { AwsError } from '../protocol/awsError';
import type { Answer } from '../server/answer';
import type { HttpRequest } from '../sigv4/verify';
import { writeXml, type Xml } from '../s3/xml';
import { queryError } from '../sts/index';

/**
 * As much of Elastic Load Balancing v2 (Query protocol, API 2015-12-01) as finding endpoints needs:
 * DescribeLoadBalancers, DescribeListeners, DescribeListenerCertificates.
 */
export const elbv2: EdgeService = {
  scope: 'elasticloadbalancing',
  source: 'elasticloadbalancing.amazonaws.com',
  operations: [
    'elasticloadbalancing:DescribeLoadBalancers',
    'elasticloadbalancing:DescribeListeners',
    'elasticloadbalancing:DescribeListenerCertificates',
  ],
  read,
  refuse(error, requestId) {
    const { status, xml } = queryError(error, requestId, namespace);
    return { status, contentType: 'text/xml', body: xml };
  },
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
};

const namespace = 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/';
const largestPage = 400;

type Read = (form: URLSearchParams, estate: Estate) => Xml[];

const operations: Readonly<Record<string, Read>> = {
  DescribeLoadBalancers(form, { balancers }) {
    const arns = members(form, 'LoadBalancerArns');
    const names = members(form, 'Names');
    const asked = balancers.filter(
      ({ arn, name }) =>
        (arns.length === 0 || arns.includes(arn)) && (names.length === 0 || names.includes(name)),
    );
    if (asked.length < arns.length || asked.length < names.length) throw noBalancer();
    return listed('LoadBalancers', asked.map(balancerXml), form);
  },
  DescribeListeners(form, { balancers }) {
    const arn = form.get('LoadBalancerArn');
    const arns = members(form, 'ListenerArns');
    if (arn === null && arns.length === 0) {
      throw new AwsError(
        'ValidationError',
        'You must specify either listener ARNs or a load balancer ARN',
      );
    }
    const owners = arn === null ? balancers : balancers.filter((each) => each.arn === arn);
    if (arn !== null && owners.length === 0) throw noBalancer();
    const found = owners.flatMap((balancer) =>
      balancer.listeners
        .filter((listener) => arns.length === 0 || arns.includes(listener.arn))
        .map((listener) => listenerXml(balancer, listener)),
    );
    if (arns.length > found.length) throw noListener();
    return listed('Listeners', found, form);
  },
  DescribeListenerCertificates(form, { balancers }) {
    const arn = form.get('ListenerArn');
    const listener = balancers
      .flatMap(({ listeners }) => listeners)
      .find((each) => each.arn === arn);
    if (!listener) throw noListener();
    const all = listener.certificateArns.map((certificate, index): Xml => [
      'member',
      [
        ['CertificateArn', certificate],
        ['IsDefault', index === 0],
      ],
    ]);
    return listed('Certificates', all, form);
  },
};

function read(request: HttpRequest): EdgeCall {
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const name = form.get('Action') ?? '';
  const run = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (!run) {
    throw new AwsError(
      'InvalidAction',
      `Could not find operation ${name.slice(0, 100)} for version ${form.get('Version')?.slice(0, 20) ?? 'NO_VERSION_SPECIFIED'}`,
    );
  }
  const parameters = [...form].filter(([key]) => key !== 'Action' && key !== 'Version');
  return {
    operation: name,
    action: `elasticloadbalancing:${name}`,
    resource: '*', // Describe calls know no resources
    parameters: parameters.length === 0 ? null : lowerFirst(Object.fromEntries(parameters)),
    answer: (estate, requestId): Answer => ({
      status: 200,
      contentType: 'text/xml',
      body: writeXml(
        [
          `${name}Response`,
          [
            [`${name}Result`, run(form, estate)],
            ['ResponseMetadata', [['RequestId', requestId]]],
          ],
        ],
        namespace,
      ),
    }),
  };
}

function listed(name: string, all: readonly Xml[], form: URLSearchParams): Xml[] {
  const given = form.get('PageSize');
  const size = given === null ? largestPage : /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (size < 1 || size > largestPage) {
    throw new AwsError('ValidationError', `Page size must be between 1 and ${largestPage}`);
  }
  const page = pageOf(all, form.get('Marker'), size);
  if (!page) throw new AwsError('ValidationError', 'Invalid marker');
  const { items, next } = page;
  return [[name, items], ...(next === undefined ? [] : [['NextMarker', next] as const])];
}

function balancerXml({ arn, name, dnsName, createdAt }: LoadBalancer): Xml {
  return [
    'member',
    [
      ['LoadBalancerArn', arn],
      ['DNSName', dnsName],
      ['CreatedTime', new Date(createdAt).toISOString()],
      ['LoadBalancerName', name],
      ['Scheme', 'internet-facing'],
      ['State', [['Code', 'active']]],
      ['Type', 'application'],
      ['IpAddressType', 'ipv4'],
    ],
  ];
}

function listenerXml(balancer: LoadBalancer, listener: Listener): Xml {
  const { arn, port, protocol, sslPolicy, certificateArns, clientCertificate } = listener;
  const [certificate] = certificateArns;
  return [
    'member',
    [
      ['ListenerArn', arn],
      ['LoadBalancerArn', balancer.arn],
      ['Port', port],
      ['Protocol', protocol],
      ...(certificate === undefined
        ? []
        : [['Certificates', [['member', [['CertificateArn', certificate]]]]] as Xml]),
      ...(sslPolicy === undefined ? [] : [['SslPolicy', sslPolicy] as Xml]),
      ...(protocol === 'HTTPS'
        ? [['MutualAuthentication', [['Mode', clientCertificate ? 'verify' : 'off']]] as Xml]
        : []),
    ],
  ];
}

/** `Names.member.1=a&Names.member.2=b` */
function members(form: URLSearchParams, name: string): string[] {
  return [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);
}

function lowerFirst(parameters: Record<string, string>): object {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      value.slice(0, 300),
    ]),
  );
}

function noBalancer(): AwsError {
  return new AwsError('LoadBalancerNotFound', 'One or more load balancers not found');
}

function noListener(): AwsError {
  return new AwsError('ListenerNotFound', 'One or more listeners not found');
}

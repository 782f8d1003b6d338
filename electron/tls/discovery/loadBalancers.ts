import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  type Listener,
  type LoadBalancer,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { pages } from '../../aws/pages';
import type { Search } from './types';

/** The HTTPS and TLS listeners of Application and Network Load Balancers (ELBv2) in one Region. */
export async function findLoadBalancers(search: Search): Promise<void> {
  const balancers = pages(
    'elasticloadbalancing:DescribeLoadBalancers',
    (Marker) => search.send(new DescribeLoadBalancersCommand({ PageSize: 400, Marker })),
    ({ NextMarker }) => NextMarker,
  );
  for await (const { LoadBalancers = [] } of balancers) {
    for (const balancer of LoadBalancers) {
      // A gateway load balancer has no listeners that speak TLS.
      if (balancer.Type !== 'gateway') await findListeners(balancer, search);
    }
  }
}

async function findListeners(balancer: LoadBalancer, search: Search): Promise<void> {
  const { LoadBalancerArn, LoadBalancerName: name = '', DNSName: host = '', Scheme } = balancer;
  const listeners = pages(
    'elasticloadbalancing:DescribeListeners',
    (Marker) =>
      search.send(new DescribeListenersCommand({ LoadBalancerArn, PageSize: 400, Marker })),
    ({ NextMarker }) => NextMarker,
  );
  for await (const { Listeners = [] } of listeners) {
    for (const listener of Listeners) {
      const { Port: port = 443, Protocol, SslPolicy, MutualAuthentication } = listener;
      if (Protocol !== 'HTTPS' && Protocol !== 'TLS') continue;
      search.found({
        host,
        port,
        name,
        source: `elbv2/${search.region}`,
        tags: [SslPolicy, Scheme === 'internal' ? 'internal' : undefined].filter(
          (tag) => tag !== undefined,
        ),
        clientCertificate: MutualAuthentication?.Mode === 'verify',
      });
      await noteCertificates(listener, `${name}:${port}`, search);
    }
  }
}

/** A listener with several certificates chooses by the name that is sent: which names, only an operator knows. */
async function noteCertificates(
  { ListenerArn }: Listener,
  listener: string,
  search: Search,
): Promise<void> {
  let count = 0;
  const certificates = pages(
    'elasticloadbalancing:DescribeListenerCertificates',
    (Marker) =>
      search.send(new DescribeListenerCertificatesCommand({ ListenerArn, PageSize: 400, Marker })),
    ({ NextMarker }) => NextMarker,
  );
  for await (const { Certificates = [] } of certificates) {
    count += new Set(Certificates.map(({ CertificateArn }) => CertificateArn)).size;
  }
  if (count > 1) {
    search.note(
      listener,
      `It has ${count} certificates and chooses by the name that a client sends. Add an endpoint with each name (SNI) to see them all.`,
    );
  }
}

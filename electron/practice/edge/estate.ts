import { createHash } from 'node:crypto';

/** A TLS server of the practice account, as AWS's services are to name it. */
export interface EdgeServer {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The name to send; none where null. */
  readonly sni: string | null;
  /** It asks its clients for a certificate. */
  readonly clientCertificate?: boolean | undefined;
  /** The ELB policy that it is configured by, where it is. */
  readonly elbPolicy?: string | undefined;
}

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly createdAt: number;
  readonly listeners: readonly Listener[];
}
export interface Listener {
  readonly arn: string;
  readonly port: number;
  readonly protocol: 'HTTPS' | 'HTTP';
  readonly sslPolicy?: string | undefined;
  readonly certificateArns: readonly string[];
  readonly clientCertificate: boolean;
}
/** A name that stands before a server: `host:port`, as a practice server has no port 443. */
export interface NamedEndpoint {
  readonly id: string;
  readonly name: string;
  readonly domainName: string;
  readonly clientCertificate: boolean;
  readonly createdAt: number;
}

/** What the account's load balancers, distributions and APIs are; made anew from its servers each time. */
export interface Estate {
  readonly balancers: readonly LoadBalancer[];
  readonly distributions: readonly NamedEndpoint[];
  readonly restDomains: readonly NamedEndpoint[];
  readonly httpApis: readonly NamedEndpoint[];
}

export interface EstateOptions {
  readonly accountId: string;
  /** The Region of load balancers and APIs. */
  readonly region: string;
  readonly servers: readonly EdgeServer[];
  readonly createdAt: number;
}

export const noEstate: Estate = { balancers: [], distributions: [], restDomains: [], httpApis: [] };

/**
 * Deals the servers out: every second one is behind a load balancer, the others take turns as a
 * CloudFront distribution, a domain name of a REST API and an HTTP API.
 */
export function estateOf({ accountId, region, servers, createdAt }: EstateOptions): Estate {
  const other = servers.filter((_server, index) => index % 2 === 1);
  const named = (turn: number) =>
    other
      .filter((_server, index) => index % 3 === turn)
      .map(({ name, host, port, clientCertificate = false }): NamedEndpoint => {
        const domainName = `${host}:${port}`;
        return { id: idOf(name, 14), name, domainName, clientCertificate, createdAt };
      });
  return {
    balancers: servers
      .filter((_server, index) => index % 2 === 0)
      .map((server) => balancerOf(server, accountId, region, createdAt)),
    distributions: named(0).map((each) => ({ ...each, id: `E${each.id.slice(1).toUpperCase()}` })),
    restDomains: named(1),
    httpApis: named(2).map((each) => ({ ...each, id: each.id.slice(0, 10) })),
  };
}

function balancerOf(
  { name, host, port, elbPolicy, clientCertificate = false }: EdgeServer,
  accountId: string,
  region: string,
  createdAt: number,
): LoadBalancer {
  const path = `app/${name}/${idOf(name, 16)}`;
  const start = `arn:aws:elasticloadbalancing:${region}:${accountId}`;
  const certificate = `arn:aws:acm:${region}:${accountId}:certificate/${idOf(`${name} certificate`, 32)}`;
  const listener = (suffix: string) => `${start}:listener/${path}/${idOf(name + suffix, 16)}`;
  return {
    arn: `${start}:loadbalancer/${path}`,
    name,
    dnsName: host,
    createdAt,
    listeners: [
      // What redirects to HTTPS: a discovery must leave it out.
      {
        arn: listener(' http'),
        port: 80,
        protocol: 'HTTP',
        certificateArns: [],
        clientCertificate: false,
      },
      {
        arn: listener(' https'),
        port,
        protocol: 'HTTPS',
        sslPolicy: elbPolicy ?? 'ELBSecurityPolicy-2016-08',
        certificateArns: [certificate],
        clientCertificate,
      },
    ],
  };
}

/** The same id for the same name, as AWS's look: small letters and digits. */
function idOf(name: string, length: number): string {
  return createHash('sha256').update(`claviger ${name}`).digest('hex').slice(0, length);
}

import type { ServiceId } from './operations';
import type { AwsCredentials, Session } from './session';
import { withSignals, type SdkClient } from './signals';
import type { RequestHandler, Transports } from './transports';
import type { Turnstile } from './turnstile';

/** The part of an SDK client that the gateway uses. */
export interface AwsClient {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<unknown>;
}

/** SDK clients, one for each service, Region and set of credentials; the transports' sockets are shared by all. */
export interface Clients {
  get(
    session: Session,
    service: ServiceId,
    region: string,
    credentials: AwsCredentials,
  ): Promise<AwsClient>;
  close(): void;
}

/** Makes clients when they are first needed, so that the window does not wait for the SDK to load. */
export function createClients(transports: Transports, turnstile: Turnstile): Clients {
  const cache = new Map<string, { credentials: AwsCredentials; client: Promise<AwsClient> }>();

  async function make(
    session: Session,
    service: ServiceId,
    region: string,
    credentials: AwsCredentials,
  ): Promise<AwsClient> {
    const endpoint = session.endpoint(service);
    const signals = withSignals(await transports.handler(session.caBundle), turnstile);
    const config: ClientConfig = {
      region,
      credentials,
      ...(endpoint === undefined ? {} : { endpoint }),
      // Each attempt costs a token, so the gateway retries, not the SDK.
      maxAttempts: 1,
      retryMode: 'standard',
      requestHandler: signals.requestHandler,
      // The SDK then puts its middleware together once for each kind of command, not for each call.
      cacheMiddleware: true,
      useFipsEndpoint: session.useFips,
      useDualstackEndpoint: session.useDualstack,
      // The SDK would read AWS_PROFILE's endpoint, whatever the connection's profile is.
      ignoreConfiguredEndpointUrls: true,
      // A clock that is off is told to the operator: it would also date evidence wrongly.
      disableClockSkewCorrection: () => Promise.resolve(true),
      userAgentAppId: 'claviger',
    };
    return signals.wrap(await constructors[service](config));
  }

  return {
    get(session, service, region, credentials) {
      const key = `${session.id} ${service} ${region}`;
      const cached = cache.get(key);
      if (cached?.credentials === credentials) return cached.client;
      const client = make(session, service, region, credentials);
      cache.set(key, { credentials, client });
      return client;
    },
    close: () => cache.clear(),
  };
}

interface ClientConfig {
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly endpoint?: string;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly requestHandler: RequestHandler;
  readonly cacheMiddleware: boolean;
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly ignoreConfiguredEndpointUrls: boolean;
  readonly disableClockSkewCorrection: () => Promise<boolean>;
  readonly userAgentAppId: string;
}

const constructors: Record<ServiceId, (config: ClientConfig) => Promise<SdkClient>> = {
  async kms(config) {
    const { KMSClient } = await import('@aws-sdk/client-kms');
    return new KMSClient(config);
  },
  async sts(config) {
    const { STSClient } = await import('@aws-sdk/client-sts');
    return new STSClient(config);
  },
  async cloudtrail(config) {
    const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail');
    return new CloudTrailClient(config);
  },
  async elasticloadbalancing(config) {
    const { ElasticLoadBalancingV2Client } =
      await import('@aws-sdk/client-elastic-load-balancing-v2');
    return new ElasticLoadBalancingV2Client(config);
  },
  async cloudfront(config) {
    const { CloudFrontClient } = await import('@aws-sdk/client-cloudfront');
    return new CloudFrontClient(config);
  },
  async apigateway(config) {
    const { APIGatewayClient } = await import('@aws-sdk/client-api-gateway');
    return new APIGatewayClient(config);
  },
  async apigatewayv2(config) {
    const { ApiGatewayV2Client } = await import('@aws-sdk/client-apigatewayv2');
    return new ApiGatewayV2Client(config);
  },
  async logs(config) {
    const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs');
    return new CloudWatchLogsClient(config);
  },
  async cloudwatch(config) {
    const { CloudWatchClient } = await import('@aws-sdk/client-cloudwatch');
    return new CloudWatchClient(config);
  },
  async sns(config) {
    const { SNSClient } = await import('@aws-sdk/client-sns');
    return new SNSClient(config);
  },
  async iam(config) {
    const { IAMClient } = await import('@aws-sdk/client-iam');
    return new IAMClient(config);
  },
  async ec2(config) {
    const { EC2Client } = await import('@aws-sdk/client-ec2');
    return new EC2Client(config);
  },
  async rds(config) {
    const { RDSClient } = await import('@aws-sdk/client-rds');
    return new RDSClient(config);
  },
  async dynamodb(config) {
    const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
    return new DynamoDBClient(config);
  },
  async secretsmanager(config) {
    const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
    return new SecretsManagerClient(config);
  },
  async acm(config) {
    const { ACMClient } = await import('@aws-sdk/client-acm');
    return new ACMClient(config);
  },
  async servicequotas(config) {
    const { ServiceQuotasClient } = await import('@aws-sdk/client-service-quotas');
    return new ServiceQuotasClient(config);
  },
  async athena(config) {
    const { AthenaClient } = await import('@aws-sdk/client-athena');
    return new AthenaClient(config);
  },
  async backup(config) {
    const { BackupClient } = await import('@aws-sdk/client-backup');
    return new BackupClient(config);
  },
  async s3control(config) {
    const { S3ControlClient } = await import('@aws-sdk/client-s3-control');
    if (config.endpoint === undefined) return new S3ControlClient(config);
    // An own endpoint has no DNS names for accounts: the account is in a header as well.
    const url = new URL(config.endpoint);
    return new S3ControlClient({ ...config, endpointProvider: () => ({ url }) });
  },
  async s3(config) {
    const { S3Client } = await import('@aws-sdk/client-s3');
    // An own endpoint has no DNS names for buckets. A bucket may lie in another Region than was said.
    const forcePathStyle = config.endpoint !== undefined;
    return new S3Client({ ...config, forcePathStyle, followRegionRedirects: true });
  },
};

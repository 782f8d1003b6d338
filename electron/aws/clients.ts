import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ServiceId } from './operations';
import type { AwsCredentials, Session } from './session';
import { withSignals, type SdkClient } from './signals';
import type { Turnstile } from './turnstile';
import type { Tuning } from './types';

export type RequestHandler = NodeHttpHandler;

/** The part of an SDK client that the gateway uses. */
export interface AwsClient {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<unknown>;
}

/** SDK clients, one for each service, Region and set of credentials; sockets are shared by all. */
export interface Clients {
  get(
    session: Session,
    service: ServiceId,
    region: string,
    credentials: AwsCredentials,
  ): Promise<AwsClient>;
  /** For SDK code that makes clients of its own (STS and SSO in the credential providers). */
  requestHandler(): Promise<RequestHandler>;
  close(): void;
}

/** Makes clients when they are first needed, so that the window does not wait for the SDK to load. */
export function createClients(tuning: Tuning, turnstile: Turnstile): Clients {
  const agentOptions = {
    keepAlive: true,
    maxSockets: Infinity,
    maxFreeSockets: tuning.maxInFlight,
  };
  const httpAgent = new HttpAgent(agentOptions);
  const httpsAgent = new HttpsAgent(agentOptions);
  const cache = new Map<string, { credentials: AwsCredentials; client: Promise<AwsClient> }>();
  let handler: Promise<RequestHandler> | undefined;

  async function makeHandler(): Promise<RequestHandler> {
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    return new NodeHttpHandler({
      httpAgent,
      httpsAgent,
      connectionTimeout: tuning.connectTimeoutMs,
      // No other time limit here: the gateway's own covers the whole attempt, the body included.
    });
  }
  const requestHandler = () => (handler ??= makeHandler());

  async function make(
    session: Session,
    service: ServiceId,
    region: string,
    credentials: AwsCredentials,
  ): Promise<AwsClient> {
    const endpoint = session.endpoint(service);
    const signals = withSignals(await requestHandler(), turnstile);
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
    requestHandler,
    close() {
      cache.clear();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

interface ClientConfig {
  readonly region: string;
  readonly credentials: AwsCredentials;
  readonly endpoint?: string;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly requestHandler: Pick<RequestHandler, 'metadata' | 'handle' | 'destroy'>;
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
};

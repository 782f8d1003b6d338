import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { ServiceId } from './operations';
import type { AwsCredentials, Session } from './session';
import type { Tuning } from './types';

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
  /** Options for SDK code that makes its own clients (STS and SSO in the credential providers). */
  options(): Promise<{ requestHandler: object; maxAttempts: number }>;
  close(): void;
}

/** Makes clients when they are first needed, so that the window does not wait for the SDK to load. */
export function createClients(tuning: Tuning): Clients {
  const agentOptions = {
    keepAlive: true,
    maxSockets: Infinity,
    maxFreeSockets: tuning.maxInFlight,
  };
  const httpAgent = new HttpAgent(agentOptions);
  const httpsAgent = new HttpsAgent(agentOptions);
  const cache = new Map<string, { credentials: AwsCredentials; client: Promise<AwsClient> }>();
  let handler: Promise<object> | undefined;

  async function makeHandler(): Promise<object> {
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    return new NodeHttpHandler({
      httpAgent,
      httpsAgent,
      connectionTimeout: tuning.connectTimeoutMs,
      // The gateway's own timer covers the whole attempt, the body included.
      socketTimeout: tuning.requestTimeoutMs,
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
    const config = {
      region,
      credentials,
      ...(endpoint === undefined ? {} : { endpoint }),
      // Each attempt costs a token, so the gateway retries, not the SDK.
      maxAttempts: 1,
      retryMode: 'standard',
      requestHandler: (await requestHandler()) as never,
      useFipsEndpoint: session.useFips,
      useDualstackEndpoint: session.useDualstack,
      // The SDK would read AWS_PROFILE's endpoint, whatever the connection's profile is.
      ignoreConfiguredEndpointUrls: true,
      // A clock that is off is told to the operator: it would also date evidence wrongly.
      disableClockSkewCorrection: () => Promise.resolve(true),
      userAgentAppId: 'claviger',
    };
    switch (service) {
      case 'kms': {
        const { KMSClient } = await import('@aws-sdk/client-kms');
        return new KMSClient(config) as unknown as AwsClient;
      }
      case 'sts': {
        const { STSClient } = await import('@aws-sdk/client-sts');
        return new STSClient(config) as unknown as AwsClient;
      }
      case 'cloudtrail': {
        const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail');
        return new CloudTrailClient(config) as unknown as AwsClient;
      }
    }
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
    async options() {
      return { requestHandler: await requestHandler(), maxAttempts: 1 };
    },
    close() {
      cache.clear();
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

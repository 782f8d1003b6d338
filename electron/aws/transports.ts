import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { AppError } from '../../shared/model/errors';
import { proxyFor } from './proxy';
import type { AwsOptions, Tuning } from './types';

export type RequestHandler = Pick<NodeHttpHandler, 'metadata' | 'handle' | 'destroy'>;

/** How requests leave the machine: straight or by a proxy, with the system's authorities or own ones. */
export interface Transports {
  /**
   * Sends requests; the handler is shared and stays open.
   * @param caBundle a PEM file of the authorities to trust in place of the usual ones
   * Throws AppError `file-failed` where that cannot be read.
   */
  handler(caBundle: string | undefined): Promise<RequestHandler>;
  close(): void;
}

/** Handlers are made when they are first needed, so that the window does not wait for the SDK to load. */
export function createTransports(env: AwsOptions['env'], tuning: Tuning): Transports {
  const handlers = new Map<string, Promise<RequestHandler>>();
  const made: NodeHttpHandler[] = [];
  const agentOptions = {
    keepAlive: true,
    maxSockets: Infinity,
    maxFreeSockets: tuning.maxInFlight,
  };

  async function make(caBundle: string | undefined): Promise<RequestHandler> {
    const ca = caBundle === undefined ? undefined : await readBundle(caBundle);
    const trust = ca === undefined ? {} : { ca };
    const { NodeHttpHandler } = await import('@smithy/node-http-handler');
    const withAgents = (httpAgent: HttpAgent, httpsAgent: HttpAgent): NodeHttpHandler => {
      const handler = new NodeHttpHandler({
        httpAgent,
        httpsAgent: httpsAgent as HttpsAgent,
        connectionTimeout: tuning.connectTimeoutMs,
        // No other time limit here: the gateway's own covers the whole attempt, the body included.
      });
      made.push(handler);
      return handler;
    };
    const straight = withAgents(
      new HttpAgent(agentOptions),
      new HttpsAgent({ ...agentOptions, ...trust }),
    );
    const proxied = new Map<string, Promise<NodeHttpHandler>>();

    async function byProxy(proxy: URL): Promise<NodeHttpHandler> {
      const [{ HttpProxyAgent }, { HttpsProxyAgent }] = await Promise.all([
        import('http-proxy-agent'),
        import('https-proxy-agent'),
      ]);
      const tunnel = new HttpsProxyAgent(proxy, { ...agentOptions, ...trust });
      // The tunnel's far end is checked against the bundle too, and the agent takes that from here.
      Object.assign(tunnel.options, trust);
      tunnel.on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
        if (statusCode !== 200) throw refusedBy(proxy, statusCode);
      });
      return withAgents(new HttpProxyAgent(proxy, agentOptions), tunnel);
    }

    return {
      metadata: straight.metadata,
      async handle(request, options) {
        const proxy = proxyFor(request, env);
        if (!proxy) return straight.handle(request, options);
        let handler = proxied.get(proxy.href);
        if (!handler) proxied.set(proxy.href, (handler = byProxy(proxy)));
        return (await handler).handle(request, options);
      },
      destroy: () => {},
    };
  }

  return {
    handler(caBundle) {
      const name = caBundle ?? '';
      let handler = handlers.get(name);
      if (!handler) {
        handler = make(caBundle);
        handlers.set(name, handler);
        // A file that could not be read may be put right.
        handler.catch(() => handlers.delete(name));
      }
      return handler;
    },
    close() {
      for (const handler of made) handler.destroy();
    },
  };
}

async function readBundle(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new AppError(
      'file-failed',
      `The CA bundle ${path} cannot be read (${code}). Correct ca_bundle or AWS_CA_BUNDLE.`,
    );
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new AppError(
      'file-failed',
      `The CA bundle ${path} holds no certificate in PEM format. Correct ca_bundle or AWS_CA_BUNDLE.`,
    );
  }
  return text;
}

/** The proxy's name and password stay out of the sentence. */
function refusedBy({ host }: URL, status: number): AppError {
  const hint =
    status === 407
      ? 'It asks for a name and password: put them into HTTPS_PROXY (http://name:password@host:port).'
      : 'Ask who runs it, or except the host with NO_PROXY.';
  return new AppError(
    'unreachable',
    `The proxy ${host} refuses the way to AWS (HTTP ${status}). ${hint}`,
  );
}

import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAws, type Aws } from '../../../electron/aws/index';
import { startPractice, type Practice } from '../../../electron/practice/index';
import { discoverEndpoints } from '../../../electron/tls/discovery/index';
import { askControl } from '../practice/askControl';

const servers = ['modern', 'intermediate', 'old', 'frightful', 'expired', 'mtls'].map(
  (name, index) => ({
    name,
    host: '127.0.0.1',
    port: 41_001 + index,
    sni: null,
    clientCertificate: name === 'mtls',
    elbPolicy: name === 'modern' ? 'ELBSecurityPolicy-TLS13-1-3-2021-06' : undefined,
  }),
);

let practice: Practice;
let aws: Aws;
let chosen: { connection: string; regions: string[] }[] | undefined;

beforeAll(async () => {
  practice = await startPractice({ seed: 'large', largeKeys: 1, edgeServers: servers });
  aws = createAws({
    env: {},
    homeDir: '/nowhere',
    now: () => new Date(),
    practice,
    realAccounts: { allowed: false },
    quotaPercent: () => 100,
    chosen: { read: () => chosen, write: () => {} },
    askMfa: () => Promise.reject(new Error('no MFA here')),
    onWrite: () => {},
    tuning: { throttledAttempts: 2, backoffMs: 1 },
  });
});
afterAll(async () => {
  aws.close();
  await practice.close();
});
beforeEach(async () => {
  chosen = [{ connection: 'practice', regions: [practice.regions[0] ?? ''] }];
  await askControl(practice, 'faults', { faults: [] });
});

async function discover(signal = new AbortController().signal) {
  const told: { done: number; expected: number }[] = [];
  const found = await discoverEndpoints({
    ...aws,
    signal,
    progress: (value) => void told.push(value),
  });
  return { ...found, told };
}

describe('the discovery of endpoints', () => {
  it('finds listeners, distributions and APIs, each once, with what AWS says of them', async () => {
    const { endpoints, problems, told } = await discover();
    expect(problems).toEqual([]);
    const region = practice.regions[0];
    const byPort = endpoints.toSorted((a, b) => a.port - b.port);
    expect(byPort.map(({ port }) => port)).toEqual(servers.map(({ port }) => port));
    expect(byPort.map(({ source }) => source)).toEqual([
      `elbv2/${region}`,
      'cloudfront',
      `elbv2/${region}`,
      `apigateway/${region}`,
      `elbv2/${region}`,
      `apigateway/${region}`,
    ]);
    expect(byPort[0]).toMatchObject({
      host: '127.0.0.1',
      name: 'modern',
      tags: ['ELBSecurityPolicy-TLS13-1-3-2021-06'],
    });
    expect(told.at(-1)).toEqual({ done: 4, expected: 4 });
  });

  it('names what is denied, service and Region, and finds the rest', async () => {
    await askControl(practice, 'faults', {
      faults: [
        { operation: 'cloudfront:ListDistributions', kind: 'deny' },
        { operation: 'elasticloadbalancing:DescribeListeners', kind: 'deny' },
        { operation: 'apigateway:GetApis', kind: 'deny' },
      ],
    });
    const { endpoints, problems } = await discover();
    expect(endpoints).toEqual([expect.objectContaining({ port: 41_004 })]);
    const region = practice.regions[0];
    expect(problems.map(({ what }) => what).toSorted()).toEqual([
      `API Gateway (HTTP, WebSocket), ${region}, Practice account`,
      `CloudFront, us-east-1, Practice account`,
      `Elastic Load Balancing, ${region}, Practice account`,
    ]);
    const messages = problems.map(({ message }) => message).join('\n');
    expect(messages).toContain('elasticloadbalancing:DescribeListeners');
    expect(messages).toContain('cloudfront:ListDistributions');
    expect(messages).toContain('apigateway:GET');
  });

  it.each(['throttle', 'server-error', 'cut'])(
    'says so where a service answers with %s, and never takes it for an empty list',
    async (kind) => {
      await askControl(practice, 'faults', {
        faults: [{ operation: 'elasticloadbalancing:DescribeLoadBalancers', kind }],
      });
      const { endpoints, problems } = await discover();
      expect(endpoints.every(({ source }) => !source.startsWith('elbv2'))).toBe(true);
      expect(problems).toEqual([
        {
          what: `Elastic Load Balancing, ${practice.regions[0]}, Practice account`,
          message: expect.stringContaining('DescribeLoadBalancers'),
        },
      ]);
    },
  );

  it('gives lists page by page, and refuses a marker that it did not give', async () => {
    const target = { connection: 'practice', region: practice.regions[0] ?? '' };
    const names: string[] = [];
    let Marker: string | undefined;
    do {
      const command = new DescribeLoadBalancersCommand({ PageSize: 1, Marker });
      const { output } = await aws.gateway.send(target, command);
      names.push(
        ...(output.LoadBalancers ?? []).map(({ LoadBalancerName = '' }) => LoadBalancerName),
      );
      Marker = output.NextMarker;
    } while (Marker !== undefined);
    expect(names).toEqual(['modern', 'old', 'expired']);
    const wrong = new DescribeLoadBalancersCommand({ Marker: 'bm9uc2Vuc2U' });
    await expect(aws.gateway.send(target, wrong)).rejects.toMatchObject({
      detail: { awsCode: 'ValidationError' },
    });
  });

  it('asks every chosen Region', async () => {
    chosen = [{ connection: 'practice', regions: [...practice.regions] }];
    const { endpoints, told } = await discover();
    expect(endpoints).toHaveLength(servers.length);
    expect(told.at(-1)?.expected).toBe(practice.regions.length * 3 + 1);
  });

  it('says so where nothing is chosen, and of a connection that is gone', async () => {
    chosen = [];
    await expect(discover()).rejects.toMatchObject({ code: 'no-credentials' });
    chosen = [{ connection: 'profile:gone', regions: ['eu-central-1'] }];
    const { problems } = await discover();
    expect(problems).toEqual([
      { what: 'gone', message: expect.stringContaining('no longer have it') },
    ]);
  });

  it('stops when cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(discover(abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

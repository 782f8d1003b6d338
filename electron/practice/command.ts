import { once } from 'node:events';
import { defineCommand, exitCodes, UsageError } from '../command';
import { startPractice } from './start';
import { seedNames } from './seeds/index';

const usage = `  --port N                listen on this port of 127.0.0.1 (a free one if left out)
  --state DIR             keep the account in this folder (in memory if left out)
  --seed NAME             what a new account begins with: ${seedNames.join(', ')} (empty if left out)
  --access-key-id ID      16 to 128 letters and digits; with --secret-access-key
  --secret-access-key KEY (both at random if left out)
  --enforce-quotas        keep AWS's request quotas

Prints one JSON line {"endpoint", "accessKeyId", "secretAccessKey", "regions"} when it answers, and
serves until SIGINT or SIGTERM. Exit code 0 after a signal, 1 if it cannot start, 2 for a wrong option.`;

/** `claviger practice`: the practice account alone, for the AWS CLI, an SDK or a test. */
export const practiceCommand = defineCommand({
  name: 'practice',
  summary: 'Serve a practice AWS account on this machine until a signal.',
  usage,
  options: {
    port: { type: 'string' },
    state: { type: 'string' },
    seed: { type: 'string' },
    'access-key-id': { type: 'string' },
    'secret-access-key': { type: 'string' },
    'enforce-quotas': { type: 'boolean' },
  },
  async run({ values }, context) {
    const practice = await startPractice({
      port: portOf(values.port),
      stateDir: values.state,
      seed: seedOf(values.seed),
      credentials: credentialsOf(values['access-key-id'], values['secret-access-key']),
      enforceQuotas: values['enforce-quotas'],
    });
    const { endpoint, accessKeyId, secretAccessKey, regions } = practice;
    context.stdout(`${JSON.stringify({ endpoint, accessKeyId, secretAccessKey, regions })}\n`);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await practice.close();
    return exitCodes.ok;
  },
});

function portOf(text: string | undefined): number {
  const port = Number(text ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
  }
  return port;
}

function seedOf(text: string | undefined) {
  const seed = seedNames.find((name) => name === (text ?? 'empty'));
  if (!seed) throw new UsageError(`--seed must be one of ${seedNames.join(', ')}, not "${text}".`);
  return seed;
}

function credentialsOf(accessKeyId: string | undefined, secretAccessKey: string | undefined) {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new UsageError('--access-key-id and --secret-access-key must be given together.');
  }
  if (!/^\w{16,128}$/.test(accessKeyId)) {
    throw new UsageError('--access-key-id must be 16 to 128 letters and digits.');
  }
  return { accessKeyId, secretAccessKey };
}

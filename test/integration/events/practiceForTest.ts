import type { Command } from '../../../electron/command';
import type { Practice } from '../../../electron/practice/index';
import { askControl } from '../practice/askControl';
import { openForTest } from '../services/openForTest';

type Keys = Pick<Practice, 'endpoint' | 'accessKeyId' | 'secretAccessKey'>;

/** Lets the account fail in these ways from now on, and in no other. */
export async function setFaults(practice: Practice, faults: readonly object[]): Promise<void> {
  await askControl(practice, 'faults', { faults });
}

/** The services of somebody who has these keys of an account in the environment. */
export function openOn(keys: Keys, region: string): ReturnType<typeof openForTest> {
  return openForTest({
    env: environmentOf(keys, region),
    chosen: [{ connection: 'environment', regions: [region] }],
  });
}

/** Runs a command that asks AWS, as if the practice account were one. */
export async function runOn(
  practice: Practice,
  command: Command,
  { json }: { readonly json: boolean },
): Promise<{ code: number; stdout: string }> {
  let stdout = '';
  const env = environmentOf(practice, practice.regions[0] ?? '');
  const code = await command.run(
    { values: { practice: false, json }, positionals: [] },
    {
      stdout: (text) => (stdout += text),
      stderr: () => {},
      env: {},
      signal: new AbortController().signal,
      open: (options) => openForTest({ env, chosen: options?.chosen }),
    },
  );
  return { code, stdout };
}

function environmentOf({ endpoint, accessKeyId, secretAccessKey }: Keys, region: string) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
  };
}

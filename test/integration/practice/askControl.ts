import type { Practice } from '../../../electron/practice/index';

/** Asks one of the practice account's own controls, or with a body tells it something. */
export async function askControl<T>(
  practice: Pick<Practice, 'endpoint' | 'accessKeyId' | 'secretAccessKey'>,
  path: string,
  body?: object,
): Promise<T> {
  const user = `${practice.accessKeyId}:${practice.secretAccessKey}`;
  const response = await fetch(`${practice.endpoint}/_practice/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

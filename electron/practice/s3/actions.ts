import type { HttpRequest } from '../sigv4/verify';
import { isAccountBlock } from './accountBlock';
import { settingCalls, settingOf } from './settings';

/** The permission that a request needs, and for what (service authorization reference, Amazon S3). */
export function actionOf({ method, url }: HttpRequest): { action: string; resource: string } {
  if (isAccountBlock({ url })) return { action: 's3:GetAccountPublicAccessBlock', resource: '*' };
  const [path = '/', query = ''] = url.split(/\?(.*)/s);
  const [, bucket = '', ...rest] = path.split('/');
  const key = rest.join('/');
  if (bucket === '') return { action: 's3:ListAllMyBuckets', resource: '*' };
  const resource = `arn:aws:s3:::${decoded(bucket)}${key === '' ? '' : `/${decoded(key)}`}`;
  if (key !== '') {
    const name = { PUT: 'PutObject', DELETE: 'DeleteObject' }[method] ?? 'GetObject';
    return { action: `s3:${name}`, resource };
  }
  const asked = new URLSearchParams(query);
  const setting = settingCalls[settingOf(asked) ?? '']?.permission;
  const look = setting ?? (asked.has('location') ? 'GetBucketLocation' : 'ListBucket');
  const name = { PUT: 'CreateBucket', DELETE: 'DeleteBucket' }[method] ?? look;
  return { action: `s3:${name}`, resource };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { HttpRequest } from '../sigv4/verify';
import { s3Errors } from './errors';

const path = '/v20180820/configuration/publicAccessBlock';

/** Whether a request is about what the account blocks for all its buckets (S3 Control, API 2018-08-20). */
export function isAccountBlock({ url }: Pick<HttpRequest, 'url'>): boolean {
  return url.split('?')[0] === path;
}

/** As of an account that never set it. @throws AwsError */
export function readAccountBlock({ method }: HttpRequest): never {
  throw method === 'GET' ? s3Errors.absent.publicAccessBlock() : s3Errors.methodNotAllowed();
}

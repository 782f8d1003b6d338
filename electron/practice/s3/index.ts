import type { Account } from '../account/account';
import { AwsError } from '../protocol/awsError';
import type { Answer } from '../server/answer';
import type { Caller, HttpRequest } from '../sigv4/verify';
import { isAccountBlock, readAccountBlock } from './accountBlock';
import { s3Error, s3Errors } from './errors';
import { listBuckets, openBuckets, type Bucket, type Buckets } from './buckets';
import { getObject, putObject } from './objects';
import { listObjects } from './listing';
import type { ObjectStore } from './objectStore';
import { readS3Request, type S3Request } from './request';
import { readSetting, settingEvent, settingOf } from './settings';
import { s3Namespace, writeXml, type Xml } from './xml';

/** What one call is told to CloudTrail; work with objects is data, which management events leave out. */
export interface S3Management {
  readonly name: string;
  readonly readOnly: boolean;
  readonly requestParameters: object | null;
}

export interface S3 {
  readonly buckets: Buckets;
  readonly objects: ObjectStore;
  /** Waits for what CloudTrail has to deliver into a bucket, about the place that is asked for. */
  readonly settled: (bucket: string, place: string) => Promise<void>;
  /** Answers a request whose signature was checked. */
  handle(request: HttpRequest, caller: Caller, region: string): Promise<S3Answer>;
}

export interface S3Answer extends Answer {
  /** For CloudTrail. */
  readonly management?: S3Management | undefined;
}

export interface S3Options {
  readonly account: Account;
  readonly objects: ObjectStore;
  /** Waits for what CloudTrail has to deliver into a bucket, about the place that is asked for. */
  readonly settled: (bucket: string, place: string) => Promise<void>;
}

/** As much of S3 as evidence needs: buckets, listings, objects. */
export function createS3({ account, objects, settled }: S3Options): S3 {
  const buckets = openBuckets(account.state);
  const now = () => account.clock.now();
  return {
    buckets,
    objects,
    settled,
    async handle(http, caller, region) {
      if (isAccountBlock(http)) return readAccountBlock(http);
      const request = readS3Request(http);
      if (!request) throw s3Errors.invalidArgument('The request cannot be decoded.');
      if (request.bucket === '') {
        if (request.method !== 'GET') throw s3Errors.methodNotAllowed();
        return {
          ...xmlAnswer(listBuckets(buckets, caller, request.query)),
          management: { name: 'ListBuckets', readOnly: true, requestParameters: null },
        };
      }
      if (request.key === '' && request.method === 'PUT' && request.query.size === 0) {
        return createBucket(buckets, request, region, now());
      }
      const bucket = buckets.get(request.bucket);
      if (!bucket) throw s3Errors.noSuchBucket();
      await settled(bucket.name, placeOf(request));
      return request.key === ''
        ? aboutBucket(request, bucket, buckets, objects)
        : aboutObject(request, objects, now());
    },
  };
}

/** The object, or where a listing begins. */
function placeOf({ key, query }: S3Request): string {
  return key || query.get('marker') || query.get('start-after') || query.get('prefix') || '';
}

/** An error as S3 answers it; a HEAD has no body. */
export function s3Refusal(error: AwsError, request: HttpRequest, requestId: string): Answer {
  const isControl = isAccountBlock(request);
  const { status, xml } = s3Error(error, requestId, request.url.split('?')[0] ?? '/', isControl);
  const body = request.method === 'HEAD' ? '' : xml;
  return { status, contentType: 'application/xml', body };
}

function aboutBucket(
  request: S3Request,
  bucket: Bucket,
  buckets: Buckets,
  objects: ObjectStore,
): S3Answer {
  const { method, query } = request;
  const parameters = { bucketName: bucket.name };
  switch (method) {
    case 'HEAD':
      return { ...empty(200), headers: { 'x-amz-bucket-region': bucket.region } };
    case 'GET': {
      if (query.has('location')) {
        const location = bucket.region === 'us-east-1' ? '' : bucket.region;
        return {
          ...xmlAnswer(['LocationConstraint', location]),
          management: {
            name: 'GetBucketLocation',
            readOnly: true,
            requestParameters: { ...parameters, location: '' },
          },
        };
      }
      const setting = settingOf(query);
      if (setting !== undefined) return aboutSetting(setting, bucket);
      const known = ['list-type', 'prefix', 'delimiter', 'marker', 'max-keys', 'encoding-type'];
      known.push('start-after', 'continuation-token', 'fetch-owner', 'x-id');
      const strange = [...query.keys()].find(
        (name) => !known.includes(name) && !/^x-amz-/i.test(name),
      );
      if (strange !== undefined) throw s3Errors.notImplemented(strange);
      return xmlAnswer(listObjects(objects, bucket.name, query));
    }
    case 'DELETE': {
      if (!objects.isEmpty(bucket.name)) throw s3Errors.notEmpty();
      buckets.delete(bucket.name);
      const management = { name: 'DeleteBucket', readOnly: false, requestParameters: parameters };
      return { ...empty(204), management };
    }
    default:
      throw s3Errors.methodNotAllowed();
  }
}

/** One of a bucket's settings; a policy comes as it was put, everything else as XML. */
function aboutSetting(name: string, bucket: Bucket): S3Answer {
  const content = readSetting(name, bucket);
  const answer: Answer =
    typeof content === 'string'
      ? { status: 200, contentType: 'application/json', body: content }
      : xmlAnswer(content);
  return { ...answer, management: settingEvent(name, bucket) };
}

function aboutObject(request: S3Request, objects: ObjectStore, now: number): S3Answer {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return getObject(objects, request);
    case 'PUT':
      return putObject(objects, request, now);
    case 'DELETE':
      objects.delete(request.bucket, request.key);
      return empty(204);
    default:
      throw s3Errors.methodNotAllowed();
  }
}

function createBucket(buckets: Buckets, request: S3Request, region: string, now: number): S3Answer {
  const { bucket: name, body } = request;
  const text = Buffer.from(body).toString();
  const wanted = /<LocationConstraint>([^<]+)<\/LocationConstraint>/.exec(text)?.[1] ?? 'us-east-1';
  if (wanted !== region) {
    throw new AwsError(
      'IllegalLocationConstraintException',
      `The ${wanted === 'us-east-1' ? 'unspecified' : wanted} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
  }
  if (buckets.get(name)) throw s3Errors.alreadyYours();
  buckets.create({ name, region, createdAt: now });
  const management = {
    name: 'CreateBucket',
    readOnly: false,
    requestParameters: {
      bucketName: name,
      ...(region !== 'us-east-1' && {
        CreateBucketConfiguration: { LocationConstraint: region, xmlns: s3Namespace },
      }),
    },
  };
  return { ...empty(200), headers: { Location: `/${name}` }, management };
}

function empty(status: number): Answer {
  return { status, contentType: 'application/xml', body: '' };
}

function xmlAnswer(root: Xml): Answer {
  return { status: 200, contentType: 'application/xml', body: writeXml(root, s3Namespace) };
}

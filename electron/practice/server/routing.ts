import type { Account } from '../account/account';
import type { Athena } from '../athena/index';
import type { CloudTrail } from '../cloudtrail/index';
import type { Metrics } from '../cloudwatch/metrics';
import type { Client } from '../cloudtrail/kmsCalls';
import type { RecordedKms } from '../cloudtrail/recorder';
import type { Estate } from '../edge/estate';
import type { Directory } from '../iam/directory';
import type { ServiceAccess } from '../iam/serviceAccess';
import { AwsError } from '../protocol/awsError';
import { awsRegions } from '../protocol/regions';
import { verifyRequest, type Caller, type HttpRequest } from '../sigv4/verify';
import { jsonType, type Answer } from './answer';
import { meetFault, type FaultErrors, type Observer, type RequestNote } from './observe';

/** What the server's routes need to answer for the services. */
export interface Services {
  readonly account: Account;
  readonly kms: RecordedKms;
  readonly trail: CloudTrail;
  readonly athena: Athena;
  readonly access: ServiceAccess;
  readonly observer: Observer;
  /** What load balancers, CloudFront and API Gateway name. */
  readonly estate: () => Estate;
  /** What CloudWatch has measured in an account's Region. */
  readonly metrics: (accountId: string, region: string) => Metrics;
  readonly directory: Directory;
  /** Real time, milliseconds. */
  readonly realNow: () => number;
  /** A defect: it is answered with a 500 without any detail, and told here. */
  readonly onDefect: (error: unknown) => void;
}

/** How one service takes its requests, and in which words it refuses them. */
export interface Protocol<T> {
  /** Its name in signatures. */
  readonly service: string;
  /** Reads what is asked for, once the signature is known to be good. */
  readonly read: (region: string) => T;
  readonly faults: () => FaultErrors;
  /** The code that it answers a defect of its own with. */
  readonly defect: string;
  readonly refuse: (error: AwsError) => Answer;
}

/** Who calls, from where, and whether a fault takes the permission away. */
export interface Admission {
  readonly caller: Caller;
  readonly region: string;
  readonly denied: boolean;
}

/**
 * Takes a request in: checks its signature, reads it, lets the fault that is due strike, and answers;
 * what is thrown on the way is noted and answered in the service's own words.
 */
export async function admit<T>(
  request: HttpRequest,
  services: Services,
  note: RequestNote,
  { service, read, faults, defect, refuse }: Protocol<T>,
  answer: (call: T, admission: Admission) => Answer | Promise<Answer>,
): Promise<Answer> {
  try {
    const { caller, region } = verifyRequest(request, verifyOptions(services, service));
    note.caller = caller;
    note.region = region;
    const call = read(region);
    const { unanswered, denied } = meetFault(note, region, services.observer.faults, faults);
    return unanswered ?? (await answer(call, { caller, region, denied }));
  } catch (error) {
    note.error = asAwsError(error, services, defect);
    return refuse(note.error);
  }
}

/** An error as the JSON protocol writes it. */
export function jsonError(error: AwsError): Answer {
  return {
    status: error.status,
    contentType: jsonType,
    body: JSON.stringify({ __type: error.code, ...(error.message && { message: error.message }) }),
    errorType: error.code,
  };
}

/** What a signature is checked with for a service. */
export function verifyOptions({ directory, realNow }: Services, service: string) {
  const findKey = (accessKeyId: string) => directory.findKey(accessKeyId);
  return { findKey, now: realNow(), regions: awsRegions, service };
}

/** What is known of the program that sent a request. */
export function clientOf({ headers }: HttpRequest): Client {
  return {
    sourceIp: '127.0.0.1',
    userAgent: (headers['user-agent'] ?? '').slice(0, 1024),
    host: headers.host,
  };
}

/** @throws AwsError SerializationException */
export function parseJson(body: Uint8Array): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(body).toString()) as unknown;
  } catch {
    throw new AwsError('SerializationException');
  }
}

/** A defect is told, and answered as the service's own failure. */
export function asAwsError(error: unknown, services: Services, code: string): AwsError {
  if (error instanceof AwsError) return error;
  services.onDefect(error);
  return new AwsError(code, '', 500);
}

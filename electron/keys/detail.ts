import { toErrorInfo } from '../../shared/model/errors';
import type { Facet } from '../../shared/model/facet';
import { summarizeGrants } from '../../shared/model/grantSummary';
import type { Evidence, KeyDetail, KeyRef, KeyRow } from '../../shared/model/key';
import type { AwsAnswer, AwsGateway } from '../aws/types';
import { createCaller, type Answer, type Caller } from './caller';
import { askLastUsage } from './usage/readUsage';
import { notApplicable, readers } from './perKey';
import {
  policySummary,
  readAliases,
  readGrants,
  readMaterials,
  readPolicyText,
  rotationSummary,
} from './reads';

export interface DetailOptions {
  readonly gateway: AwsGateway;
  readonly signal: AbortSignal;
  readonly clock: () => string;
  /** The row's identity and its mark of change, from the snapshot. */
  readonly identity: Pick<
    KeyRow,
    'connection' | 'region' | 'keyId' | 'accountId' | 'arn' | 'change'
  >;
}

/**
 * Asks everything about one key now. Each part is had or not for itself; the evidence has every answer
 * as it came, with its request id. Rejects only with `cancelled`.
 */
export async function readDetail(options: DetailOptions): Promise<KeyDetail> {
  const { gateway, signal, clock, identity } = options;
  const { connection, region, keyId, accountId } = identity;
  const evidence: Evidence[] = [];
  const caller = createCaller(gateway, { connection, region }, signal, (operation, answer) =>
    evidence.push(evidenceOf(operation, answer)),
  );
  const ask = async <T>(read: (caller: Caller) => Promise<Answer<T>>): Promise<Facet<T>> => {
    try {
      return { status: 'known', ...(await read(caller)) };
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      return { status: 'cannot-tell', error: toErrorInfo(thrown), asOf: clock() };
    }
  };

  const [metadata, aliases, policyText, grantList] = await Promise.all([
    ask((to) => readers.metadata(to, identity)),
    ask((to) => readAliases(to, keyId)),
    ask((to) => readPolicyText(to, keyId)),
    ask((to) => readGrants(to, keyId)),
  ]);
  const unless = <T>(name: 'tags' | 'rotation' | 'history', read: () => Promise<Facet<T>>) => {
    const reason = metadata.status === 'known' ? notApplicable(name, metadata.value) : undefined;
    return reason === undefined ? read() : ({ status: 'not-applicable', reason } as const);
  };
  const [tags, rotation, materials, usage] = await Promise.all([
    unless('tags', () => ask((to) => readers.tags(to, identity))),
    unless('rotation', () => ask((to) => readers.rotation(to, identity))),
    unless('history', () => ask((to) => readMaterials(to, keyId))),
    ask((to) => askLastUsage(to, keyId)),
  ]);

  return {
    row: {
      ...identity,
      metadata,
      aliases,
      tags,
      rotation,
      history: derive(materials, rotationSummary),
      policy: derivePolicy(policyText, accountId, clock),
      grants: derive(grantList, (grants) => summarizeGrants(grants, accountId)),
    },
    materials,
    policyText,
    grantList,
    usage,
    evidence: evidence.toSorted((a, b) => (a.operation < b.operation ? -1 : 1)),
  };
}

/** What a key's ARN is, for a key that no snapshot has: AWS says it in DescribeKey. */
export function arnOf(ref: KeyRef, accountId: string): string {
  const partition = /^(cn|us-gov)-/.exec(ref.region)?.[1];
  return `arn:aws${partition ? `-${partition}` : ''}:kms:${ref.region}:${accountId}:key/${ref.keyId}`;
}

function derive<A, B>(facet: Facet<A>, from: (value: A) => B): Facet<B> {
  return facet.status === 'known' ? { ...facet, value: from(facet.value) } : facet;
}

function derivePolicy(
  facet: Facet<string>,
  accountId: string,
  clock: () => string,
): KeyRow['policy'] {
  try {
    return derive(facet, (text) => policySummary(text, accountId));
  } catch (thrown) {
    return { status: 'cannot-tell', error: toErrorInfo(thrown), asOf: clock() };
  }
}

function evidenceOf(operation: string, answer: AwsAnswer<object>): Evidence {
  return {
    operation,
    requestId: answer.requestId,
    asOf: answer.asOf,
    // The SDK's own note on the transport is no part of AWS's answer.
    json: JSON.stringify({ ...answer.output, $metadata: undefined }, null, 2),
  };
}

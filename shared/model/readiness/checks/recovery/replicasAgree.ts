import { known } from '../../../facet';
import type { KeyRow } from '../../../key';
import { told } from '../../../keyVerdictParts';
import type { Verdict } from '../../../verdict';
import { defineCheck, weekHours } from '../../check';
import { keyCheckItems } from '../keys/keyCheck';

export const replicasAgree = defineCheck({
  id: 'replicas-agree',
  group: 'recovery',
  question: 'Has every replica the policy of its primary?',
  why: 'Policies of replicas are not kept in step: on the day the Region fails, those who must decrypt may not, or others may.',
  remedy: {
    console: 'KMS > the replica > Key policy > Edit: as that of the primary.',
    cli: 'aws kms get-key-policy --key-id KEY --region PRIMARY --policy-name default --query Policy --output text > policy.json\naws kms put-key-policy --key-id KEY --region REPLICA --policy-name default --policy file://policy.json',
    terraform: 'resource "aws_kms_replica_key": policy = aws_kms_key.primary.policy',
  },
  severity: 'medium',
  shelfLifeHours: weekHours,
  topics: ['recovery', 'access'],
  permissions: ['kms:ListKeys', 'kms:DescribeKey', 'kms:GetKeyPolicy'],
  nothing: 'There is no key in the Regions that were read.',
  view: 'keys',
  reads: ['keys'],
  judge({ keys }) {
    // The id of a multi-Region key is the same in every Region.
    const primaries = new Map<string, KeyRow>();
    for (const { rows } of keys) {
      for (const row of rows) {
        if (known(row.metadata)?.multiRegion?.type === 'PRIMARY') {
          primaries.set(`${row.accountId} ${row.keyId}`, row);
        }
      }
    }
    return keyCheckItems(keys, ['metadata', 'policy'], (row) =>
      replicaVerdict(row, primaries.get(`${row.accountId} ${row.keyId}`)),
    );
  },
});

function replicaVerdict(row: KeyRow, primary: KeyRow | undefined): Verdict {
  const metadata = told(row.metadata, 'kms:DescribeKey', 'whether it is a replica');
  if (!metadata.known) return metadata.verdict;
  const { multiRegion } = metadata.value;
  if (multiRegion?.type !== 'REPLICA')
    return { value: 'not-applicable', reason: 'It is no replica.' };
  const own = told(row.policy, 'kms:GetKeyPolicy', 'its policy');
  if (!own.known) return own.verdict;
  if (!primary) {
    const reason = `Its primary in ${multiRegion.primaryRegion} was not read.`;
    return { value: 'cannot-tell', reason, remedy: `Choose ${multiRegion.primaryRegion} as well.` };
  }
  const other = told(primary.policy, 'kms:GetKeyPolicy', 'the policy of its primary');
  if (!other.known) return other.verdict;
  const { textSha256: mine } = own.value;
  const { textSha256: theirs } = other.value;
  if (mine === undefined || theirs === undefined) {
    return { value: 'cannot-tell', reason: 'The texts of the policies were not compared.' };
  }
  return mine === theirs
    ? { value: 'pass', reason: `The same policy as in ${multiRegion.primaryRegion}.` }
    : {
        value: 'fail',
        reason: `Another policy than in ${multiRegion.primaryRegion}.`,
        remedy: 'Put the primary’s policy on the replica, or write down why it differs.',
      };
}

import type { Facet } from './facet';
import type { KeyRow, PolicySummary } from './key';
import { isPendingDeletion } from './keyRotationRules';
import { told, type Settings } from './keyVerdictParts';
import type { Verdict } from './verdict';

/** Does the key policy open the key to everybody? */
export function policyVerdict(facet: Facet<PolicySummary>): Verdict {
  const policy = told(facet, 'kms:GetKeyPolicy', 'who may use the key');
  if (!policy.known) return policy.verdict;
  const { publicStatements, otherAccounts, rootHasFullAccess } = policy.value;
  const others = otherAccounts.length
    ? ` It names ${otherAccounts.length === 1 ? 'account' : 'accounts'} ${otherAccounts.join(', ')}.`
    : '';
  const root = rootHasFullAccess
    ? ''
    : ' The account itself has no full access: only the principals it names can repair this policy.';
  if (publicStatements.length) {
    return {
      value: 'fail',
      reason: `Open to every AWS principal by ${publicStatements.length === 1 ? 'statement' : 'statements'} ${publicStatements.join(', ')}.${others}${root}`,
      remedy:
        'Name the principals, or add a condition such as kms:CallerAccount or aws:PrincipalOrgID.',
    };
  }
  return { value: 'pass', reason: `No statement is open to everybody.${others}${root}` };
}

/** Does the key say which environment it belongs to and who owns it? */
export function tagsVerdict(row: KeyRow, settings: Settings): Verdict {
  const metadata = told(row.metadata, 'kms:DescribeKey', 'who manages the key');
  if (!metadata.known) return metadata.verdict;
  if (metadata.value.keyManager === 'AWS') {
    return { value: 'not-applicable', reason: 'AWS manages this key; it cannot be tagged.' };
  }
  const tags = told(row.tags, 'kms:ListResourceTags', 'how it is tagged');
  if (!tags.known) return tags.verdict;
  const wanted = [settings.environmentTag, settings.ownerTag];
  const missing = wanted.filter((name) => !ownValue(tags.value, name)?.trim());
  if (missing.length === 0) {
    return {
      value: 'pass',
      reason: wanted.map((name) => `${name}: ${ownValue(tags.value, name) ?? ''}`).join(', '),
    };
  }
  if (isPendingDeletion(metadata.value)) {
    return {
      value: 'not-applicable',
      reason: `Without ${missing.join(' and ')}; a key that is pending deletion cannot be tagged.`,
    };
  }
  const misspelt = missing.flatMap((name) => nearMiss(tags.value, name));
  return {
    value: 'fail',
    reason: `The ${missing.length === 1 ? 'tag' : 'tags'} ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing or empty.${misspelt.length ? ` There is ${misspelt.join(', ')}; tag names are case-sensitive.` : ''}`,
    remedy: `Set ${missing.join(' and ')}.`,
  };
}

/** Tags are a record from outside: `constructor` is a tag name like any other. */
function ownValue(tags: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(tags, name) ? tags[name] : undefined;
}

function nearMiss(tags: Readonly<Record<string, string>>, name: string): string[] {
  return Object.keys(tags).filter(
    (other) => other !== name && other.trim().toLowerCase() === name.toLowerCase(),
  );
}

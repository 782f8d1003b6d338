import { wildcard } from '../../../keyPolicyStatements';
import type { Verdict } from '../../../verdict';

/**
 * Whether the policy of a bucket refuses everybody what comes without TLS, of the bucket and of its
 * objects; null where there is none.
 */
export function tlsOnly(policy: string | null, bucket: string): Verdict {
  const remedy =
    'Deny s3:* to everybody, on the bucket and on its objects, where aws:SecureTransport is false.';
  if (policy === null) return { value: 'fail', reason: 'It has no policy.', remedy };
  const statements = statementsOf(policy);
  if (!statements) return { value: 'cannot-tell', reason: 'Its policy cannot be read.' };
  const refused = statements.filter(refusesPlain).flatMap(({ Resource }) => [Resource].flat());
  const covers = (...names: string[]) =>
    refused.some((one) => typeof one === 'string' && names.every((name) => fits(one, name)));
  const itself = covers(`arn:aws:s3:::${bucket}`);
  const objects = covers(`arn:aws:s3:::${bucket}/a`, `arn:aws:s3:::${bucket}/Z9/z-`);
  if (itself && objects) return { value: 'pass', reason: 'Requests without TLS are denied.' };
  if (!itself && !objects) {
    return { value: 'fail', reason: 'No statement denies requests without TLS.', remedy };
  }
  const left = itself ? 'not on its objects' : 'on its objects only';
  return { value: 'fail', reason: `Requests without TLS are denied ${left}.`, remedy };
}

/** Whatever the partition: a bucket's name says nothing of it. */
function fits(pattern: string, arn: string): boolean {
  return wildcard(pattern.replace(/^arn:aws[\w-]*:/, 'arn:aws:')).test(arn);
}

type Statement = Readonly<Record<string, unknown>>;

function statementsOf(text: string): Statement[] | undefined {
  try {
    const { Statement: found } = JSON.parse(text) as { Statement?: unknown };
    const list: unknown[] = Array.isArray(found) ? found : [found];
    return list.every((one) => typeof one === 'object' && one !== null)
      ? (list as Statement[])
      : undefined;
  } catch {
    return undefined;
  }
}

/** A Deny of everything for everybody on that one condition: with a further one some would get by. */
function refusesPlain({ Effect, Principal, Action, Condition }: Statement): boolean {
  const named = typeof Principal === 'object' && Principal !== null && 'AWS' in Principal;
  const everybody = [named ? Principal.AWS : Principal].flat().includes('*');
  const all = [Action].flat().some((action) => /^(s3:)?\*$/i.test(String(action)));
  if (Effect !== 'Deny' || !everybody || !all || typeof Condition !== 'object' || !Condition) {
    return false;
  }
  const tests = Object.entries(Condition as Record<string, unknown>);
  const [operator, keys] = tests[0] ?? [];
  const tested = typeof keys === 'object' && keys !== null ? Object.entries(keys) : [];
  const [key, value] = tested[0] ?? [];
  return (
    tests.length === 1 &&
    tested.length === 1 &&
    /^Bool(IfExists)?$/.test(operator ?? '') &&
    key?.toLowerCase() === 'aws:securetransport' &&
    [value].flat().every((one) => String(one) === 'false')
  );
}

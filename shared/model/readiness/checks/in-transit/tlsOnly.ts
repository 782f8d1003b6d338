import type { Verdict } from '../../../verdict';

/** Whether a bucket policy refuses everybody what comes without TLS; null where there is none. */
export function tlsOnly(policy: string | null): Verdict {
  const remedy = 'Deny s3:* to everybody where aws:SecureTransport is false.';
  if (policy === null) return { value: 'fail', reason: 'It has no policy.', remedy };
  const statements = statementsOf(policy);
  if (!statements) return { value: 'cannot-tell', reason: 'Its policy cannot be read.' };
  return statements.some(refusesPlain)
    ? { value: 'pass', reason: 'Requests without TLS are denied.' }
    : { value: 'fail', reason: 'No statement denies requests without TLS.', remedy };
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
  const everybody = Principal === '*' || (Principal as { AWS?: unknown } | undefined)?.AWS === '*';
  const actions: unknown[] = Array.isArray(Action) ? Action : [Action];
  const all = actions.some((action) => action === 's3:*' || action === '*');
  if (Effect !== 'Deny' || !everybody || !all || typeof Condition !== 'object' || !Condition) {
    return false;
  }
  const tests = Object.entries(Condition as Record<string, unknown>);
  const [operator, keys] = tests[0] ?? [];
  const named = typeof keys === 'object' && keys !== null ? Object.entries(keys) : [];
  const [key, value] = named[0] ?? [];
  return (
    tests.length === 1 &&
    named.length === 1 &&
    operator === 'Bool' &&
    key?.toLowerCase() === 'aws:securetransport' &&
    [value].flat().every((one) => String(one) === 'false')
  );
}

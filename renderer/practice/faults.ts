import type { Fault, FaultKind, FaultRef } from '../../shared/contract/practice';

/** The faults that are offered without setting them up: one of each kind. */
export const readyFaults: readonly Fault[] = [
  { operation: 'kms:GetKeyRotationStatus', kind: 'deny', every: 1 },
  { operation: '*', kind: 'throttle', every: 3 },
  { operation: 'kms:DescribeKey', kind: 'time-out', every: 10 },
  { operation: 'kms:ListAliases', kind: 'server-error', every: 1 },
  { operation: '*', kind: 'cut', every: 5 },
];

/** What a fault is known by, as text. */
export function faultId({ operation, region = '', kind }: FaultRef): string {
  return `${operation} ${region} ${kind}`;
}

/** The kinds in plain words, and what whoever calls the account sees of them. */
export const kindWords: Record<FaultKind, { readonly name: string; readonly effect: string }> = {
  deny: {
    name: 'Deny the permission',
    effect: 'The account answers AccessDeniedException, as AWS does where a policy is missing.',
  },
  throttle: {
    name: 'Throttle',
    effect: 'The account answers ThrottlingException, as AWS does over its request quota.',
  },
  'time-out': {
    name: 'Never answer',
    effect: 'The account takes the request and says nothing until the caller gives up.',
  },
  'server-error': {
    name: 'Fail with a server error',
    effect: 'The account answers HTTP 500, as AWS does where it fails by itself.',
  },
  cut: {
    name: 'Cut the connection',
    effect: 'The line drops instead of an answer. The operation is not carried out.',
  },
};

/** A fault in a few words: `Deny GetKeyRotationStatus`, `Cut the connection of every 5th request`. */
export function faultTitle({ operation, kind, every }: Fault): string {
  const noun = nounOf(operation);
  const each = operation.endsWith('*') ? `every ${noun}` : noun;
  return `${verbs[kind]} ${every === 1 ? each : `every ${ordinal(every)} ${noun}`}`;
}

const verbs: Record<FaultKind, string> = {
  deny: 'Deny',
  throttle: 'Throttle',
  'time-out': 'Never answer',
  'server-error': 'Server error for',
  cut: 'Cut the connection of',
};

/** Where a fault holds: `kms:DescribeKey in eu-west-1`, `All KMS requests in every Region`. */
export function faultScope({ operation, region }: FaultRef): string {
  const what = operation.endsWith('*') ? `All ${nounOf(operation)}s` : operation;
  return `${what} ${region === undefined ? 'in every Region' : `in ${region}`}`;
}

/** `kms:DescribeKey` is `DescribeKey`, `kms:*` is `KMS request`, `*` is `request`. */
function nounOf(operation: string): string {
  if (operation === '*') return 'request';
  const [service = '', name = ''] = operation.split(':');
  return name === '*' ? `${service.toUpperCase()} request` : name;
}

/** `3rd`, `10th`. */
export function ordinal(number: number): string {
  const tens = number % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

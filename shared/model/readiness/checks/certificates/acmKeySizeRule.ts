import type { Verdict } from '../../../verdict';

/** By ACM's name of a key algorithm: `RSA_2048`, `EC_prime256v1`. */
export function keySizeVerdict(algorithm: string | undefined): Verdict {
  const bits = Number(/(?:RSA[_-]|EC_prime|EC_secp)(\d+)/.exec(algorithm ?? '')?.[1]);
  if (algorithm === undefined || Number.isNaN(bits)) {
    return { value: 'cannot-tell', reason: `Its key is ${algorithm ?? 'not named'}.` };
  }
  const least = algorithm.startsWith('RSA') ? 2048 : 256;
  const reason = `The key is ${algorithm}.`;
  return bits >= least
    ? { value: 'pass', reason }
    : { value: 'fail', reason, remedy: 'Replace it with a longer one.' };
}

import type { FilterOption } from '../ui';
type Option = Pick<FilterOption, 'value'> & { readonly label: string };
const names = ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'];
/** placeholder until the rules land */
export const elbPolicyOptions: readonly Option[] = names.map((name) => ({
  value: name,
  label: name.replace('ELBSecurityPolicy-', ''),
}));
export function judgeElbPolicy(_result: unknown, _policy: string): undefined {
  return undefined;
}

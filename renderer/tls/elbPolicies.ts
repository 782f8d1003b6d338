import { elbPolicies } from '../../shared/model/tls/elbPolicies';

/** The ELB policies to choose from: AWS's name, and as much of it as tells it from the others. */
export const elbPolicyOptions: readonly { readonly value: string; readonly label: string }[] =
  elbPolicies.map(({ name }) => ({ value: name, label: name.replace('ELBSecurityPolicy-', '') }));

/** The same with a policy that is named elsewhere, so that what is set stays to be seen. */
export function elbPolicyOptionsWith(name: string): typeof elbPolicyOptions {
  const known = name === '' || elbPolicyOptions.some(({ value }) => value === name);
  return known ? elbPolicyOptions : [...elbPolicyOptions, { value: name, label: name }];
}

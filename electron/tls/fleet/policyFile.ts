import { parseOwnPolicy, type OwnPolicy } from '../../../shared/model/tls/ownPolicy';
import type { ValueStore } from '../../settings/index';

/** The operator's own policy, as text and read. */
export interface PolicyFile {
  show(): Shown;
  /** Keeps a text without problems; one with problems is given back with them, and not kept. */
  write(text: string): Shown;
  /** Undefined where there is none. */
  readonly read: () => OwnPolicy | undefined;
}

interface Shown {
  readonly text: string;
  readonly problems: { readonly line?: number | undefined; readonly message: string }[];
}

const name = 'tls.policy';

export function openPolicyFile(values: ValueStore): PolicyFile {
  function text(): string {
    const stored = values.readValue(name);
    return typeof stored === 'string' ? stored : '';
  }
  const shown = (of: string): Shown => ({
    text: of,
    problems: of.trim() === '' ? [] : [...parseOwnPolicy(of).problems],
  });
  return {
    show: () => shown(text()),
    write(given) {
      const result = shown(given);
      if (result.problems.length === 0) values.writeValue(name, given);
      return result;
    },
    read: () => (text().trim() === '' ? undefined : parseOwnPolicy(text()).policy),
  };
}

import { networkOf } from '../../../shared/model/events/watch/network';

/** The networks of addresses by number, and which account saw which. */
export function createNetworks() {
  const ofAddress: number[] = [];
  const byName = new Map<string, number>();
  const all: { name: string; private: boolean }[] = [];
  const seen = new Map<number, Set<number>>();
  return {
    /** -1 where the address has none: a service, or an event that does not say. */
    of(word: number, address: string | undefined): number {
      const known = ofAddress[word];
      if (known !== undefined) return known;
      const network = address === undefined ? undefined : networkOf(address);
      let number = network ? byName.get(network.name) : -1;
      if (number === undefined && network) {
        number = all.push(network) - 1;
        byName.set(network.name, number);
      }
      return (ofAddress[word] = number ?? -1);
    },
    named: (number: number) => all[number] ?? { name: '', private: false },
    /** Whether an account sees a network for the first time; from then on it has seen it. */
    firstIn(account: number, network: number): boolean {
      let ofAccount = seen.get(account);
      if (!ofAccount) seen.set(account, (ofAccount = new Set()));
      if (ofAccount.has(network)) return false;
      ofAccount.add(network);
      return true;
    },
  };
}

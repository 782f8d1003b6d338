import type { ActiveFault, Fault, FaultKind, FaultRef } from '../../../shared/contract/practice';

/** The faults that are switched on. They end with the account's process, and with a reset. */
export interface Faults {
  list(): ActiveFault[];
  /** Switches on, instead of one of the same operation, Region and kind. */
  set(fault: Fault): void;
  /** Switches one off, or all. */
  clear(only?: FaultRef): void;
  /** Counts a request of an operation (`kms:Decrypt`) and says which fault hits it, if one does. */
  meet(operation: string, region: string): FaultKind | undefined;
}

/** Makes it, with nothing switched on. */
export function createFaults(): Faults {
  // In the order in which they are asked: the one that is meant most exactly comes first.
  let faults: { fault: Fault; met: number; hit: number }[] = [];
  const without = (ref: FaultRef) => faults.filter(({ fault }) => !isSame(fault, ref));
  return {
    list: () => faults.map(({ fault, met, hit }) => ({ ...fault, met, hit })),
    set(fault) {
      faults = [...without(fault), { fault, met: 0, hit: 0 }].sort(
        (a, b) => exactness(b.fault) - exactness(a.fault),
      );
    },
    clear(only) {
      faults = only ? without(only) : [];
    },
    meet(operation, region) {
      let hitBy: FaultKind | undefined;
      for (const one of faults) {
        if (!isMeant(one.fault, operation, region)) continue;
        one.met++;
        if (hitBy !== undefined || one.met % one.fault.every !== 0) continue;
        one.hit++;
        hitBy = one.fault.kind;
      }
      return hitBy;
    },
  };
}

function isSame(a: FaultRef, b: FaultRef): boolean {
  return a.operation === b.operation && a.region === b.region && a.kind === b.kind;
}

function isMeant({ operation: meant, region: there }: Fault, operation: string, region: string) {
  if (there !== undefined && there !== region) return false;
  if (meant === '*' || meant === operation) return true;
  return meant.endsWith(':*') && operation.startsWith(meant.slice(0, -1));
}

function exactness({ operation, region }: Fault): number {
  const names = operation === '*' ? 0 : operation.endsWith(':*') ? 2 : 4;
  return names + (region === undefined ? 0 : 1);
}

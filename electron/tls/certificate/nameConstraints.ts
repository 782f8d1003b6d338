import { derChildren, DerError, readSequence, tags, type Der } from './der';
import { readGeneralName, type GeneralName } from './generalNames';

/** RFC 5280, 4.2.1.10. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

export function readNameConstraints(sequence: Der): NameConstraints {
  return readSequence(sequence, (cursor) => {
    const permitted = cursor.optional(0xa0);
    const excluded = cursor.optional(0xa1);
    return {
      permitted: permitted ? derChildren(permitted).map(readSubtree) : [],
      excluded: excluded ? derChildren(excluded).map(readSubtree) : [],
    };
  });
}

/** Whether names keep to the constraints; `unknown` for a kind of name that is constrained and not known here. */
export function namesKept(
  constraints: NameConstraints,
  names: readonly GeneralName[],
): 'yes' | 'no' | 'unknown' {
  let answer: 'yes' | 'unknown' = 'yes';
  for (const name of names) {
    const permitted = constraints.permitted.filter(({ kind }) => kind === name.kind);
    const excluded = constraints.excluded.filter(({ kind }) => kind === name.kind);
    if (permitted.length === 0 && excluded.length === 0) continue;
    if (!(name.kind in within)) answer = 'unknown';
    else if (excluded.some((base) => isWithin(name, base))) return 'no';
    else if (permitted.length > 0 && !permitted.some((base) => isWithin(name, base))) return 'no';
  }
  return answer;
}

function readSubtree(subtree: Der): GeneralName {
  if (subtree.tag !== tags.sequence) throw new DerError('no GeneralSubtree');
  const [base] = derChildren(subtree);
  if (!base) throw new DerError('no base');
  return readGeneralName(base);
}

function isWithin(name: GeneralName, base: GeneralName): boolean {
  return within[name.kind]?.(name, base) ?? false;
}

const within: Readonly<
  Partial<Record<GeneralName['kind'], (name: GeneralName, base: GeneralName) => boolean>>
> = {
  dns: (name, base) => dnsWithin(name.text, base.text),
  ip: (name, base) => ipWithin(name.bytes, base.bytes),
  email: (name, base) => emailWithin(name.text, base.text),
  directory: (name, base) => directoryWithin(name.text, base.text),
};

/** `host.example.com` is within `example.com`; a leading dot, which RFC 5280 does not have for DNS, means subdomains only. */
function dnsWithin(name: string, base: string): boolean {
  const [host, domain] = [name.toLowerCase().replace(/\.$/, ''), base.toLowerCase()];
  if (domain === '') return true;
  if (domain.startsWith('.')) return host.endsWith(domain);
  return host === domain || host.endsWith(`.${domain}`);
}

/** The base is an address and a mask of the same length. */
function ipWithin(address: Buffer, base: Buffer): boolean {
  const size = address.length;
  if (base.length !== size * 2) return false;
  return address.every(
    (byte, at) => (byte & (base[size + at] ?? 0)) === ((base[at] ?? 0) & (base[size + at] ?? 0)),
  );
}

/** A mailbox, all of a host's mailboxes, or all of a domain's (leading dot). */
function emailWithin(name: string, base: string): boolean {
  const at = name.lastIndexOf('@');
  const [local, host] = [name.slice(0, at), name.slice(at + 1).toLowerCase()];
  const baseAt = base.lastIndexOf('@');
  if (baseAt >= 0) {
    return base.slice(0, baseAt) === local && base.slice(baseAt + 1).toLowerCase() === host;
  }
  const domain = base.toLowerCase();
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain;
}

/** Both are keys of names (a list of relative names): the base is the beginning. */
function directoryWithin(name: string, base: string): boolean {
  const [names, bases] = [JSON.parse(name) as unknown[], JSON.parse(base) as unknown[]];
  return bases.every((part, at) => JSON.stringify(part) === JSON.stringify(names[at]));
}

import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { fits, fitsArn, toPattern } from './wildcard';

/** Whether a value of the request fits a value of the policy, given as a pattern (see wildcard.ts). */
type Compare = (pattern: string, value: string) => boolean;

export interface Operator {
  readonly compare: Compare;
  /** `...Not...`: it holds where no value of the policy fits, and where the key is missing. */
  readonly negated: boolean;
}

/** The condition operators of IAM by their name in lower case, without `IfExists` and set prefix. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: holds(same),
    StringNotEquals: not(same),
    StringEqualsIgnoreCase: holds(caseless),
    StringNotEqualsIgnoreCase: not(caseless),
    StringLike: holds(fits),
    StringNotLike: not(fits),
    // AWS: "ArnEquals and ArnLike behave identically."
    ArnEquals: holds(fitsArn),
    ArnLike: holds(fitsArn),
    ArnNotEquals: not(fitsArn),
    ArnNotLike: not(fitsArn),
    Bool: holds(caseless),
    BinaryEquals: holds(same),
    NumericEquals: holds(byNumber((value, wanted) => value === wanted)),
    NumericNotEquals: not(byNumber((value, wanted) => value === wanted)),
    NumericLessThan: holds(byNumber((value, wanted) => value < wanted)),
    NumericLessThanEquals: holds(byNumber((value, wanted) => value <= wanted)),
    NumericGreaterThan: holds(byNumber((value, wanted) => value > wanted)),
    NumericGreaterThanEquals: holds(byNumber((value, wanted) => value >= wanted)),
    DateEquals: holds(byDate((value, wanted) => value === wanted)),
    DateNotEquals: not(byDate((value, wanted) => value === wanted)),
    DateLessThan: holds(byDate((value, wanted) => value < wanted)),
    DateLessThanEquals: holds(byDate((value, wanted) => value <= wanted)),
    DateGreaterThan: holds(byDate((value, wanted) => value > wanted)),
    DateGreaterThanEquals: holds(byDate((value, wanted) => value >= wanted)),
    IpAddress: holds(inNetwork),
    NotIpAddress: not(inNetwork),
  }).map(([name, operator]) => [name.toLowerCase(), operator]),
);

function holds(compare: Compare): Operator {
  return { compare, negated: false };
}

function not(compare: Compare): Operator {
  return { compare, negated: true };
}

/** A `*` in the policy means a `*` here. */
function same(pattern: string, value: string): boolean {
  return pattern === toPattern(value);
}

function caseless(pattern: string, value: string): boolean {
  return pattern.toLowerCase() === toPattern(value).toLowerCase();
}

function byNumber(test: (value: number, wanted: number) => boolean): Compare {
  return (pattern, value) => test(numberOf(value), numberOf(pattern));
}

/** NaN, which no comparison holds for, where it is no number. */
function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

function byDate(test: (value: number, wanted: number) => boolean): Compare {
  return (pattern, value) => test(timeOf(value), timeOf(pattern));
}

/** ISO 8601, or seconds since 1970. */
function timeOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function inNetwork(pattern: string, value: string): boolean {
  const [network = '', bits] = pattern.split('/');
  const family = familyOf(network);
  const prefix = bits === undefined ? (family === 'ipv4' ? 32 : 128) : numberOf(bits);
  if (!family || familyOf(value) !== family) return false;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 'ipv4' ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return list.check(value, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  return isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
}

import { describe, expect, it } from 'vitest';
import { checks } from '../../../shared/model/readiness/checks/index';
import {
  frameworkIds,
  requirementsFor,
  requirementsOf,
  type FrameworkId,
} from '../../../shared/model/readiness/frameworks';

/** How each framework writes the number of one requirement: a chapter, or `3.x`, is none. */
const numbering: Readonly<Record<FrameworkId, RegExp>> = {
  pci: /^([1-9]|1[0-2])\.\d{1,2}\.\d{1,2}(\.\d)?$/,
  soc2: /^(CC[1-9]\.[1-8]|A1\.[1-3])$/,
  iso27001: /^A\.(5\.([1-9]|[12]\d|3[0-7])|6\.[1-8]|7\.([1-9]|1[0-4])|8\.([1-9]|[12]\d|3[0-4]))$/,
  hipaa: /^(308|310|312|314|316)\([a-e]\)(\(\d\))?(\((i|ii|iii|iv)\))?(\([A-H]\))?$/,
  nist: /^(AC|AU|CM|CP|IA|MP|PS|SC|SI)-\d{1,2}(\(\d{1,2}\))?$/,
  cis: /^([2-6])\.\d{1,2}(\.\d)?$/,
};

describe.each(frameworkIds)('the numbers of %s', (framework) => {
  it('are requirements, each once a check', () => {
    for (const check of checks) {
      const numbers = requirementsFor(check, framework);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const number of numbers) expect(number).toMatch(numbering[framework]);
    }
  });
});

it('names the one recommendation of CIS that a check shows to be followed, not all of a chapter', () => {
  const cisOf = (id: string) => checks.find((check) => check.id === id)?.cis;
  expect(cisOf('rotation-on')).toEqual(['4.6']);
  expect(cisOf('log-encryption')).toEqual(['4.5']);
  expect(cisOf('alarm-key-deletion')).toEqual(['5.7']);
  expect(cisOf('alarm-throttling')).toBeUndefined();
  expect(cisOf('secrets-rotate')).toBeUndefined();
});

it('has a check for every kind of evidence, and a requirement for every check', () => {
  const used = new Set(checks.flatMap(({ topics }) => topics));
  expect([...used].toSorted()).toEqual(Object.keys(requirementsOf).toSorted());
  for (const check of checks) {
    expect(frameworkIds.flatMap((one) => requirementsFor(check, one))).not.toEqual([]);
  }
});

/** Frameworks whose requirements checks speak to, by the name that `--framework` takes. */
export const frameworkIds = ['pci', 'soc2', 'iso27001', 'hipaa', 'nist', 'cis'] as const;
export type FrameworkId = (typeof frameworkIds)[number];

export const frameworkNames: Readonly<Record<FrameworkId, string>> = {
  pci: 'PCI DSS 4.0.1',
  soc2: 'SOC 2 (Trust Services Criteria 2017, 2022 points of focus)',
  iso27001: 'ISO/IEC 27001:2022',
  hipaa: 'HIPAA Security Rule, 45 CFR 164',
  nist: 'NIST SP 800-53 revision 5',
  cis: 'CIS AWS Foundations Benchmark 7.0.0',
};

/** What the evidence of a check is about: what ties it to requirements. */
export const topicIds = [
  'inventory',
  'rotation',
  'retirement',
  'access',
  'at-rest',
  'in-transit',
  'certificates',
  'log',
  'alarms',
  'recovery',
  'separation',
  'access-review',
  'custodians',
  'sign-in',
  'credentials',
  'static-credentials',
] as const;
export type TopicId = (typeof topicIds)[number];

export type Requirements = Readonly<Partial<Record<FrameworkId, readonly string[]>>>;

/**
 * Which requirement each kind of evidence answers: a small map in which every line can be argued for,
 * instead of one that fills every requirement. A check's pass is evidence for a requirement, never
 * its fulfilment: most ask for more than a program can see. The numbers of HIPAA are sections of 45 CFR 164.
 * CIS asks for single settings, not for kinds of evidence: its numbers stand with the checks.
 */
export const requirementsOf: Readonly<Record<TopicId, Omit<Requirements, 'cis'>>> = {
  inventory: {
    pci: ['3.6.1.1', '12.3.3'],
    soc2: ['CC6.1'],
    iso27001: ['A.8.24', 'A.5.9'],
    hipaa: ['312(a)(2)(iv)'],
    nist: ['SC-12', 'CM-8'],
  },
  rotation: {
    pci: ['3.7.4'],
    soc2: ['CC6.1'],
    iso27001: ['A.8.24'],
    hipaa: ['312(a)(2)(iv)'],
    nist: ['SC-12', 'SC-12(2)'],
  },
  retirement: {
    pci: ['3.7.5'],
    soc2: ['CC6.1', 'CC7.1'],
    iso27001: ['A.8.24', 'A.8.10'],
    hipaa: ['312(c)(1)'],
    nist: ['SC-12', 'MP-6'],
  },
  access: {
    pci: ['3.6.1.3', '3.7.7', '7.2.2', '7.2.5'],
    soc2: ['CC6.1', 'CC6.2', 'CC6.3'],
    iso27001: ['A.5.15', 'A.8.2'],
    hipaa: ['308(a)(4)', '312(a)(1)'],
    nist: ['AC-3', 'AC-6', 'SC-12'],
  },
  'at-rest': {
    pci: ['3.5.1'],
    soc2: ['CC6.1', 'CC6.7'],
    iso27001: ['A.8.24'],
    hipaa: ['312(a)(2)(iv)'],
    nist: ['SC-28', 'SC-28(1)', 'SC-13'],
  },
  'in-transit': {
    pci: ['4.2.1', '12.3.3'],
    soc2: ['CC6.7'],
    iso27001: ['A.8.24', 'A.8.20'],
    hipaa: ['312(e)(1)'],
    nist: ['SC-8', 'SC-8(1)', 'SC-13', 'SC-23'],
  },
  certificates: {
    pci: ['4.2.1.1'],
    soc2: ['CC6.7', 'A1.2'],
    iso27001: ['A.8.24'],
    hipaa: ['312(e)(2)(ii)'],
    nist: ['SC-17', 'IA-5(2)'],
  },
  log: {
    pci: ['10.2.1', '10.3.2', '10.3.3', '10.3.4', '10.5.1'],
    soc2: ['CC7.2'],
    iso27001: ['A.8.15'],
    hipaa: ['312(b)'],
    nist: ['AU-2', 'AU-3', 'AU-6', 'AU-9', 'AU-9(3)', 'AU-10', 'AU-12'],
  },
  alarms: {
    pci: ['10.4.1', '10.7.2', '12.10.5'],
    soc2: ['CC7.2', 'CC7.3'],
    iso27001: ['A.8.16'],
    hipaa: ['308(a)(1)(ii)(D)'],
    nist: ['SI-4', 'AU-6'],
  },
  recovery: {
    pci: ['12.10.2'],
    soc2: ['A1.3', 'CC7.5'],
    iso27001: ['A.8.13', 'A.5.30'],
    hipaa: ['308(a)(7)(ii)(B)', '308(a)(7)(ii)(D)', '312(a)(2)(ii)'],
    nist: ['SC-12(1)', 'CP-4', 'CP-9(1)', 'CP-10'],
  },
  separation: {
    soc2: ['CC6.3'],
    iso27001: ['A.5.3'],
    hipaa: ['308(a)(4)'],
    nist: ['AC-5'],
  },
  'access-review': {
    pci: ['7.2.4'],
    soc2: ['CC6.2', 'CC6.3'],
    iso27001: ['A.5.18'],
    hipaa: ['308(a)(4)(ii)(C)'],
    nist: ['AC-2', 'AC-6(7)'],
  },
  custodians: { pci: ['3.7.8'], soc2: ['CC1.5'], iso27001: ['A.5.2'], nist: ['PS-6'] },
  'sign-in': {
    pci: ['8.4.1', '8.4.2'],
    soc2: ['CC6.1'],
    iso27001: ['A.8.5'],
    hipaa: ['312(d)'],
    nist: ['IA-2(1)', 'IA-2(2)'],
  },
  credentials: {
    pci: ['8.6.3'],
    soc2: ['CC6.1'],
    iso27001: ['A.5.17'],
    hipaa: ['308(a)(5)(ii)(D)'],
    nist: ['IA-5'],
  },
  'static-credentials': {
    pci: ['3.6.1.2', '8.6.2'],
    soc2: ['CC6.1'],
    iso27001: ['A.5.17'],
    hipaa: ['308(a)(5)(ii)(D)'],
    nist: ['IA-5(7)'],
  },
};

/** What of a check says which requirements it speaks to. */
export interface Speaking {
  readonly topics: readonly TopicId[];
  /** Recommendations of the CIS AWS Foundations Benchmark. */
  readonly cis?: readonly string[];
}

/** The requirements of one framework that a check speaks to, each once. */
export function requirementsFor(
  { topics, cis = [] }: Speaking,
  framework: FrameworkId,
): readonly string[] {
  if (framework === 'cis') return cis;
  return [...new Set(topics.flatMap((topic) => requirementsOf[topic][framework] ?? []))];
}

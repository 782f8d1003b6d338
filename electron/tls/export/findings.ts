import type { ScanResult } from '../../../shared/model/tls/result';
import type { Verdict } from '../../../shared/model/verdict';

/** One thing that a scan found and somebody should know: what SARIF calls a result. */
export interface Finding {
  /** Stable: `grade/ssl2`, `vulnerability/robot`, `certificate/validity`. */
  readonly rule: string;
  /** What the rule asks for, the same for all endpoints. */
  readonly title: string;
  /** `open`: it could not be told, which is never a pass. */
  readonly kind: 'fail' | 'open';
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
}

/** What a result has found: caps and warnings of the grade, holes, certificates, demands not met, and what is unknown. */
export function findingsOf(result: ScanResult): Finding[] {
  if (!result.reachable) {
    const message = result.unreachable ?? 'The endpoint could not be reached.';
    return [open('scan/reachable', 'The endpoint can be reached', message)];
  }
  return [
    ...result.grade.caps.map((cap) => failed(`grade/${cap.rule}`, gradeTitle, 'error', cap.why)),
    ...result.grade.warnings.map((each) =>
      failed(`grade/${each.rule}`, gradeTitle, 'warning', each.why),
    ),
    ...(result.grade.missing.length > 0
      ? [
          open(
            'grade/missing',
            'All that the grade needs is known',
            `No grade without: ${result.grade.missing.join(', ')}.`,
          ),
        ]
      : []),
    ...result.protocols
      .filter(({ offered, suitesComplete }) => offered === 'unknown' || !suitesComplete)
      .map(({ version, why }) =>
        open(
          `protocol/${version}`,
          `What is offered with ${version} is known`,
          `${version}: ${why ?? 'not all suites could be asked for.'}`,
        ),
      ),
    ...vulnerabilities(result),
    ...certificates(result),
    ...[...result.guide, ...result.ownPolicy].flatMap(({ id, name, verdict }) =>
      fromVerdict(`demand/${id}`, name, 'warning', verdict),
    ),
    ...result.elbPolicy.toSatisfy.flatMap(({ policy, verdict }) =>
      fromVerdict(`elb-policy/${policy}`, `As strict as ${policy}`, 'note', verdict),
    ),
  ];
}

const gradeTitle = 'Nothing lowers the grade (SSL Server Rating Guide)';

function vulnerabilities(result: ScanResult): Finding[] {
  return result.vulnerabilities.flatMap(({ id, verdict, why }) => {
    const rule = `vulnerability/${id}`;
    const title = `Not vulnerable: ${id}`;
    switch (verdict) {
      case 'vulnerable':
        return failed(rule, title, 'error', why);
      case 'potential':
        return failed(rule, title, 'warning', why);
      case 'unknown':
        return open(rule, title, why);
      case 'not-vulnerable':
      case 'not-tested':
        return [];
      default:
        return verdict satisfies never;
    }
  });
}

function certificates(result: ScanResult): Finding[] {
  const rules = ({ validity, hostname, revocation, trust }: ScanResult['certificates'][number]) => [
    ...fromVerdict(
      'certificate/validity',
      'The certificate is valid for long enough',
      'error',
      validity,
    ),
    ...fromVerdict('certificate/hostname', 'The certificate is for the host', 'error', hostname),
    ...fromVerdict('certificate/revocation', 'The certificate is not revoked', 'error', revocation),
    ...trust.flatMap(({ store, verdict }) =>
      fromVerdict(
        `certificate/trust-${store}`,
        `Trusted by the roots: ${store}`,
        'warning',
        verdict,
      ),
    ),
  ];
  const found = result.certificates.flatMap(rules);
  return result.certificatesNote === undefined
    ? found
    : [
        ...found,
        open('certificate/read', 'The certificate could be read', result.certificatesNote),
      ];
}

function fromVerdict(
  rule: string,
  title: string,
  level: Finding['level'],
  { value, reason }: Verdict,
): Finding[] {
  if (value === 'fail') return [failed(rule, title, level, reason)];
  return value === 'cannot-tell' || value === 'stale' ? [open(rule, title, reason)] : [];
}

function failed(rule: string, title: string, level: Finding['level'], message: string): Finding {
  return { rule, title, kind: 'fail', level, message };
}

function open(rule: string, title: string, message: string): Finding {
  return { rule, title, kind: 'open', level: 'note', message };
}

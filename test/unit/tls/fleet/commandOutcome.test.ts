import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../../electron/tls/cli/outcome';
import { reportOf, tableOf } from '../../../../electron/tls/cli/report';
import type { ScanResult } from '../../../../shared/model/tls/result';
import { exampleResult } from './exampleResult';

/** Everything that was asked has an answer. */
function answered(letter: ScanResult['grade']['letter'], changes: Partial<ScanResult> = {}) {
  const { grade, protocols, vulnerabilities } = exampleResult();
  return exampleResult({
    grade: { ...grade, letter },
    protocols: protocols.map((each) =>
      each.offered === 'unknown' ? { ...each, offered: 'no' } : each,
    ),
    vulnerabilities: vulnerabilities.filter(({ verdict }) => verdict !== 'unknown'),
    ...changes,
  });
}
const unreachable = exampleResult({ reachable: false, unreachable: 'Refused.' });
const row = (value: 'pass' | 'fail' | 'cannot-tell') => ({
  ownPolicy: [{ id: 'hsts', name: 'HSTS', verdict: { value, reason: 'So it is.' } }],
});

describe('how a scan ends', () => {
  it.each([
    ['all answered', [answered('B')], {}, 0],
    ['a question without an answer', [answered('B'), exampleResult()], {}, 3],
    ['one not reached', [answered('A'), unreachable], {}, 3],
    ['none reached', [unreachable, unreachable], {}, 1],
    ['nothing scanned', [], {}, 0],
    ['the grade that is asked for', [answered('B')], { minGrade: 'B' }, 0],
    ['a better grade', [answered('A+')], { minGrade: 'A' }, 0],
    ['a worse grade', [answered('A-'), answered('A')], { minGrade: 'A' }, 1],
    ['no trust', [answered('T')], { minGrade: 'F' }, 1],
    ['another name', [answered('M')], { minGrade: 'F' }, 1],
    ['no grade', [answered(null)], { minGrade: 'F' }, 3],
    ['an own demand that is met', [answered('B', row('pass'))], {}, 0],
    ['an own demand that is not', [answered('B', row('fail')), exampleResult()], {}, 1],
    ['an own demand that cannot be told', [answered('B', row('cannot-tell'))], {}, 3],
  ] as const)('with %s', (_what, results, demands, code) => {
    expect(outcomeOf(results, demands).code).toBe(code);
  });

  it('says which endpoint, and why', () => {
    const { remarks } = outcomeOf([unreachable, answered('C')], { minGrade: 'B' });
    expect(remarks).toEqual([
      'www.example.com:443 (192.0.2.7): not reached. Refused.',
      'www.example.com:443 (192.0.2.7): grade C, which is below B.',
    ]);
  });
});

describe('what a person reads', () => {
  it('has unknowns as unknowns', () => {
    const report = reportOf(exampleResult());
    expect(report).toMatch(/SSLv2 +unknown: no answer in time/);
    expect(report).toMatch(/TLS1\.2 +yes/);
    expect(report).toMatch(/Unknown +heartbleed: The connection was reset\./);
    expect(report).toMatch(/VULNERABLE +robot/);
    expect(report).toMatch(/trusted by mozilla: cannot tell/);
    expect(tableOf([exampleResult()], undefined)).toContain('SSLv2? TLS1.2');
  });

  it('gives a server no way to steer the terminal', () => {
    const evil = '\u001b[2J\u001b]0;title\u0007\r\nfake line';
    const report = reportOf(exampleResult({ notes: [evil] }));
    expect(report.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(report.split('\n').some((line) => line.startsWith('fake'))).toBe(false);
  });

  it('says of what was not reached nothing else', () => {
    expect(reportOf(unreachable).split('\n')).toHaveLength(2);
  });
});

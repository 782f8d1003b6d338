import type { ScanDifference } from './fleet';
import type { ScanResult } from './result';

/** What is otherwise in the later of two scans. An answer that is unknown in one of them is no difference. */
export function compareScans(before: ScanResult, after: ScanResult): ScanDifference[] {
  const reach = reachability(before, after);
  if (reach.length > 0 || !after.reachable) return reach;
  return [...protocols(before, after), ...certificates(before, after), ...holes(before, after)];
}

function reachability(before: ScanResult, after: ScanResult): ScanDifference[] {
  if (before.reachable === after.reachable) return [];
  return [
    after.reachable
      ? { about: 'reachable', direction: 'better', what: 'It can be reached again.' }
      : { about: 'reachable', direction: 'worse', what: 'It cannot be reached any more.' },
  ];
}

function protocols(before: ScanResult, after: ScanResult): ScanDifference[] {
  return after.protocols.flatMap(
    ({ version, offered, suites, suitesComplete }): ScanDifference[] => {
      const earlier = before.protocols.find((each) => each.version === version);
      if (!earlier || earlier.offered === 'unknown' || offered === 'unknown') return [];
      const old = version !== 'TLS1.2' && version !== 'TLS1.3';
      if (earlier.offered !== offered) {
        const worse = (offered === 'yes') === old;
        const what =
          offered === 'yes' ? `${version} is offered.` : `${version} is not offered any more.`;
        return [{ about: 'protocol', direction: worse ? 'worse' : 'better', what }];
      }
      if (!suitesComplete || !earlier.suitesComplete) return [];
      const [was, is] = [
        new Set(earlier.suites.map(({ name }) => name)),
        new Set(suites.map(({ name }) => name)),
      ];
      return [
        ...[...is]
          .filter((name) => !was.has(name))
          .map((name) => suite(`${version} has the suite ${name}.`)),
        ...[...was]
          .filter((name) => !is.has(name))
          .map((name) => suite(`${version} lacks the suite ${name}.`)),
      ];
    },
  );
}

function suite(what: string): ScanDifference {
  return { about: 'suite', direction: 'changed', what };
}

function certificates(before: ScanResult, after: ScanResult): ScanDifference[] {
  const printsOf = ({ certificates: chains }: ScanResult) =>
    chains
      .flatMap(({ chain }) => chain[0]?.sha256 ?? [])
      .toSorted()
      .join(' ');
  const [was, is] = [printsOf(before), printsOf(after)];
  if (was === '' || is === '' || was === is) return [];
  return [{ about: 'certificate', direction: 'changed', what: 'It has another certificate.' }];
}

function holes(before: ScanResult, after: ScanResult): ScanDifference[] {
  return after.vulnerabilities.flatMap(({ id, verdict }): ScanDifference[] => {
    const earlier = before.vulnerabilities.find((each) => each.id === id)?.verdict;
    const about = 'vulnerability';
    if (verdict === 'vulnerable' && earlier === 'not-vulnerable') {
      return [{ about, direction: 'worse', what: `It has become vulnerable: ${id}.` }];
    }
    return verdict === 'not-vulnerable' && earlier === 'vulnerable'
      ? [{ about, direction: 'better', what: `It is not vulnerable any more: ${id}.` }]
      : [];
  });
}

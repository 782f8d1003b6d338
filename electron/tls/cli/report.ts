import type { ScanResult } from '../../../shared/model/tls/result';
import { summarise } from '../../../shared/model/tls/summary';
import { verdictWords, type Verdict } from '../../../shared/model/verdict';
import { printable, textTable } from '../../textTable';
import { placeOf } from './outcome';

/** A table of scanned addresses, one line each, for a terminal of `width` characters. */
export function tableOf(results: readonly ScanResult[], width: number | undefined): string {
  return textTable(
    [
      'Endpoint',
      'Grade',
      'Versions',
      'Days left',
      'Profile',
      'Vulnerable',
      'Not known',
      'ELB policy',
    ],
    results.map((result) => {
      const summary = summarise(result, 0);
      return [
        placeOf(result),
        result.reachable ? (summary.grade ?? 'unknown') : 'not reached',
        result.reachable ? versionsOf(result) : '',
        summary.daysLeft === undefined ? '' : String(Math.floor(summary.daysLeft)),
        summary.profile,
        summary.vulnerable.join(' '),
        String(summary.unknowns),
        summary.elbPolicy ?? '',
      ];
    }),
    width,
  );
}

/** Everything that matters of one scan, as lines; what a server sent cannot steer the terminal. */
export function reportOf(result: ScanResult): string {
  const { endpoint, grade } = result;
  const head = `${placeOf(result)}${endpoint.sni === null ? ', no name sent' : `, as ${endpoint.sni}`}`;
  if (!result.reachable) {
    return lines([head, row('Not reached', result.unreachable ?? '')]);
  }
  return lines([
    head,
    row('Grade', gradeText(result)),
    ...grade.caps.map(({ letter, why }) => row('', `at most ${letter}: ${why}`)),
    ...grade.warnings.map(({ letter, why }) => row('', `${letter}: ${why}`)),
    ...grade.missing.map((what) => row('', `not known: ${what}`)),
    ...protocolRows(result),
    ...(result.groups.length > 0
      ? [row('Groups', `${names(result.groups)}${result.groupsComplete ? '' : ' (perhaps more)'}`)]
      : []),
    ...certificateRows(result),
    ...httpRows(result),
    ...vulnerabilityRows(result),
    ...result.profiles.map(({ name, verdict, differences }) =>
      row(
        'Profile',
        `${name}: ${word(verdict)}${differences.length > 0 ? ` (${differences.length} differences)` : ''}`,
      ),
    ),
    ...elbRows(result),
    row('Post-quantum', `${word(result.postQuantum)}. ${result.postQuantum.reason}`),
    ...result.guide.map(({ name, verdict }) =>
      row('Guide', `${name}: ${word(verdict)}. ${verdict.reason}`),
    ),
    ...result.ownPolicy.map(({ name, verdict }) =>
      row('Own policy', `${name}: ${word(verdict)}. ${verdict.reason}`),
    ),
    ...result.notes.map((note) => row('Note', note)),
    row(
      'Cost',
      `${result.stats.connections} connections, ${(result.stats.ms / 1000).toFixed(1)} s`,
    ),
  ]);
}

function gradeText({ grade: { letter, score } }: ScanResult): string {
  if (letter === null) return 'unknown';
  return score === null ? letter : `${letter} (score ${Math.round(score)})`;
}

function protocolRows({ protocols }: ScanResult): string[] {
  return protocols.flatMap(({ version, offered, why, suites, suitesComplete, preference }) => {
    if (offered !== 'yes') return [row(version, offered === 'no' ? 'no' : `unknown: ${why ?? ''}`)];
    const order = suites.length < 2 ? '' : orders[preference];
    const more = suitesComplete ? '' : `perhaps more: ${why ?? 'not all could be asked for'}`;
    return [
      row(version, ['yes', order, more].filter((text) => text !== '').join(', ')),
      ...suites.map(({ id, name, group, dhBits }) => {
        const key = dhBits === undefined ? (group ?? '') : `DH ${dhBits}`;
        return row('', `${id.padEnd(8)}  ${name}${key === '' ? '' : `  ${key}`}`);
      }),
    ];
  });
}

const orders = { server: 'server’s order', client: 'client’s order', unknown: 'order unknown' };

function certificateRows({ certificates, certificatesNote }: ScanResult): string[] {
  const rows = certificates.flatMap(({ chain, daysLeft, ...presented }) => {
    const own = chain[0];
    if (!own) return [];
    const { key } = own;
    const verdicts: [string, Verdict][] = [
      ['validity', presented.validity],
      ['host name', presented.hostname],
      ['revocation', presented.revocation],
      ...presented.trust.map(({ store, verdict }): [string, Verdict] => [
        `trusted by ${store}`,
        verdict,
      ]),
    ];
    return [
      row(
        'Certificate',
        `${own.subject}, ${key.type} ${key.curve ?? key.bits ?? ''}, ${own.signatureAlgorithm}`,
      ),
      row('', `issued by ${own.issuer}`),
      row('', `until ${own.notAfter} (${Math.floor(daysLeft)} days)`),
      ...verdicts.map(([name, verdict]) => row('', `${name}: ${word(verdict)}. ${verdict.reason}`)),
    ];
  });
  return certificatesNote === undefined ? rows : [...rows, row('Certificate', certificatesNote)];
}

function httpRows({ http }: ScanResult): string[] {
  if (!http) return [];
  const { spoken, hsts, redirect } = http;
  if (spoken.value !== 'yes') return [row('HTTP', `${spoken.value} ${spoken.why ?? ''}`)];
  const age =
    hsts.maxAgeSeconds === undefined ? '' : `, ${Math.floor(hsts.maxAgeSeconds / 86_400)} days`;
  return [row('HTTP', `HSTS: ${hsts.value}${age}; redirect from port 80: ${redirect.value}`)];
}

function vulnerabilityRows({ vulnerabilities }: ScanResult): string[] {
  const order = ['vulnerable', 'potential', 'unknown', 'not-tested'] as const;
  const rows = order.flatMap((verdict) =>
    vulnerabilities
      .filter((each) => each.verdict === verdict)
      .map(({ id, why }) =>
        row(verdict === 'vulnerable' ? 'VULNERABLE' : capital(verdict), `${id}: ${why}`),
      ),
  );
  const safe = vulnerabilities.filter(({ verdict }) => verdict === 'not-vulnerable');
  return safe.length === 0
    ? rows
    : [...rows, row('Not vulnerable', safe.map(({ id }) => id).join(' '))];
}

function elbRows({ elbPolicy: { equal, nearest, toSatisfy } }: ScanResult): string[] {
  const is =
    equal.length > 0 ? equal.join(', ') : nearest === null ? undefined : `nearest is ${nearest}`;
  return [
    ...(is === undefined ? [] : [row('ELB policy', is)]),
    ...toSatisfy.map(({ policy, verdict }) =>
      row('', `${policy}: ${word(verdict)}. ${verdict.reason}`),
    ),
  ];
}

function versionsOf({ protocols }: ScanResult): string {
  return protocols
    .filter(({ offered }) => offered !== 'no')
    .map(({ version, offered }) => (offered === 'yes' ? version : `${version}?`))
    .join(' ');
}

function names(list: readonly { name: string }[]): string {
  return list.map(({ name }) => name).join(', ');
}

function word({ value }: Verdict): string {
  return verdictWords[value].toLowerCase();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll('-', ' ');
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(14)}  ${text}`.trimEnd();
}

function lines(all: readonly string[]): string {
  return all.map(printable).join('\n');
}

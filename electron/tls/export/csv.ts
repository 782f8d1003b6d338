import type { Endpoint } from '../../../shared/model/tls/fleet';
import type { ScanResult } from '../../../shared/model/tls/result';
import { tlsVersions } from '../../../shared/model/tls/scan';
import { summarise } from '../../../shared/model/tls/summary';
import { csvRecord } from '../../csv';

/** A result, and the endpoint it belongs to where it is one of the list's. */
export interface ExportedResult {
  readonly result: ScanResult;
  readonly endpoint?: Pick<Endpoint, 'name' | 'owner' | 'tags'>;
}

/** CSV: a header, then one record for each scanned address; when it was scanned is one of the columns. */
export async function* csvOf(exported: Iterable<ExportedResult>): AsyncGenerator<string> {
  yield csvRecord(columns.map(([title]) => title));
  for (const each of exported) {
    const row = { ...each, summary: summarise(each.result, 0) };
    yield csvRecord(columns.map(([, cell]) => cell(row)));
    await new Promise(setImmediate);
  }
}

type Row = ExportedResult & { readonly summary: ReturnType<typeof summarise> };
type Column = readonly [title: string, cell: (row: Row) => string];

const columns: readonly Column[] = [
  ['Name', ({ endpoint }) => endpoint?.name ?? ''],
  ['Host', ({ result }) => result.endpoint.host],
  ['Port', ({ result }) => String(result.endpoint.port)],
  ['Address', ({ result }) => result.endpoint.address ?? ''],
  ['SNI', ({ result }) => result.endpoint.sni ?? ''],
  ['Owner', ({ endpoint }) => endpoint?.owner ?? ''],
  ['Tags', ({ endpoint }) => endpoint?.tags.join('; ') ?? ''],
  ['Scanned at', ({ result }) => result.startedAt],
  ['Reachable', ({ result }) => (result.reachable ? 'yes' : `no: ${result.unreachable ?? ''}`)],
  ['Grade', ({ result }) => result.grade.letter ?? 'unknown'],
  ['Score', ({ result }) => String(result.grade.score ?? '')],
  ['Caps', ({ result }) => result.grade.caps.map(reason).join('; ')],
  ['Warnings', ({ result }) => result.grade.warnings.map(reason).join('; ')],
  ...tlsVersions.map((version): Column => [version, ({ result }) => offered(result, version)]),
  ['Suites', ({ result }) => suites(result)],
  ['Groups', ({ result }) => result.groups.map(({ name }) => name).join('; ')],
  [
    'Certificate',
    ({ result }) =>
      own(result)
        .map(({ subject }) => subject)
        .join('; '),
  ],
  [
    'Issuer',
    ({ result }) =>
      own(result)
        .map(({ issuer }) => issuer)
        .join('; '),
  ],
  [
    'Key',
    ({ result }) =>
      own(result)
        .map(({ key }) => `${key.type} ${key.curve ?? key.bits ?? ''}`.trim())
        .join('; '),
  ],
  ['Valid until', ({ summary }) => summary.notAfter ?? ''],
  [
    'Days left',
    ({ summary }) => (summary.daysLeft === undefined ? '' : String(Math.floor(summary.daysLeft))),
  ],
  ['Mozilla profile', ({ summary }) => summary.profile],
  ['ELB policy', ({ summary }) => summary.elbPolicy ?? ''],
  ['Post-quantum', ({ summary }) => summary.postQuantum],
  ['HSTS', ({ result }) => result.http?.hsts.value ?? ''],
  ['Vulnerable', ({ result }) => withVerdict(result, 'vulnerable')],
  ['Perhaps vulnerable', ({ result }) => withVerdict(result, 'potential')],
  ['Not known', ({ result }) => withVerdict(result, 'unknown')],
  ['Unanswered questions', ({ summary }) => String(summary.unknowns)],
  [
    'Own policy',
    ({ result }) =>
      result.ownPolicy.map(({ name, verdict }) => `${name}: ${verdict.value}`).join('; '),
  ],
];

function reason({ letter, why }: { letter: string; why: string }): string {
  return `${letter}: ${why}`;
}

function offered({ protocols }: ScanResult, version: string): string {
  const protocol = protocols.find((each) => each.version === version);
  if (!protocol) return '';
  const { offered: answer, why } = protocol;
  return answer === 'unknown' && why ? `unknown: ${why}` : answer;
}

function suites({ protocols }: ScanResult): string {
  return protocols
    .filter((protocol) => protocol.suites.length > 0)
    .map(({ version, suites: list, suitesComplete }) => {
      const names = list.map(({ name }) => name).join(' ');
      return `${version}: ${names}${suitesComplete ? '' : ' (perhaps more)'}`;
    })
    .join('; ');
}

/** The servers' own certificates, one for each chain. */
function own({ certificates }: ScanResult) {
  return certificates.flatMap(({ chain }) => chain[0] ?? []);
}

function withVerdict({ vulnerabilities }: ScanResult, verdict: string): string {
  return vulnerabilities
    .filter((each) => each.verdict === verdict)
    .map(({ id }) => id)
    .join('; ');
}

import { createHash } from 'node:crypto';
import { keyRefString } from '../../../../shared/model/key';
import { checkOf } from '../../../../shared/model/readiness/checks/index';
import {
  frameworkIds,
  frameworkNames,
  requirementsFor,
} from '../../../../shared/model/readiness/frameworks';
import type { ReadinessReport } from '../../../../shared/model/readiness/report/report';
import type { ReadinessEvidence } from '../../../../shared/model/readiness/sources';
import { createAlgorithms, type Algorithms, type Component, type Property } from './component';
import { acmCertificates, acmComponents } from './acm';
import { keyComponent } from './keys';
import { certificateComponents, protocolComponents } from './tls';

/**
 * The cryptographic assets that the checklist has judged, as a bill of materials of CycloneDX 1.6: KMS
 * keys, certificates of endpoints and of ACM, TLS versions with their suites and groups, and the algorithms of all of them.
 * Keys and endpoints carry the verdicts of the report's checks as properties, so that a report for one
 * framework has that framework's. A source that was never read is named in the head: nothing listed of
 * it is not the same as nothing there.
 */
export async function* reportCbom(
  report: ReadinessReport,
  evidence: ReadinessEvidence,
): AsyncGenerator<string> {
  const algorithms = createAlgorithms();
  yield headOf(report, evidence);
  let separator = '\n';
  let count = 0;
  for (const component of componentsOf(report, evidence, algorithms)) {
    yield separator + JSON.stringify(component);
    separator = ',\n';
    if (++count % portion === 0) await new Promise(setImmediate);
  }
  yield '\n]}\n';
}

/** Components that are written before the event loop gets a turn. */
const portion = 200;

function* componentsOf(
  report: ReadinessReport,
  { keys = [], tls = [], posture }: ReadinessEvidence,
  algorithms: Algorithms,
): Generator<Component> {
  const verdicts = verdictsBySubject(report);
  const listed = new Set<string>();
  for (const row of keys.flatMap(({ rows }) => rows)) {
    // One key may be seen through two connections; what is gone is no asset any more.
    if (listed.has(row.arn) || row.change?.kind === 'gone') continue;
    listed.add(row.arn);
    yield withVerdicts(keyComponent(row, algorithms), verdicts.get(keyRefString(row)));
  }
  for (const { endpoint, scans } of tls) {
    for (const scan of scans) {
      for (const component of protocolComponents(endpoint.id, scan, algorithms)) {
        yield withVerdicts(component, verdicts.get(endpoint.id));
      }
    }
  }
  const scans = tls.flatMap((one) => one.scans);
  yield* certificateComponents(scans, algorithms);
  const { found } = acmCertificates(posture);
  for (const { component, subject } of acmComponents(found, scans, algorithms)) {
    yield withVerdicts(component, verdicts.get(subject));
  }
  yield* algorithms.components();
}

/** Everything before the components. */
function headOf(report: ReadinessReport, evidence: ReadinessEvidence): string {
  const { selection, scope, manifestSha256, evaluatedAt, version } = report;
  const properties: Property[] = [
    ...scope.map(({ account, name, regions }) => ({
      name: 'claviger:scope',
      value: `${account ?? name}: ${regions.join(', ')}`,
    })),
    ...unread(evidence).map((value) => ({ name: 'claviger:not-read', value })),
    ...(selection.framework
      ? [{ name: 'claviger:framework', value: frameworkNames[selection.framework] }]
      : []),
    ...(manifestSha256 === undefined
      ? []
      : [{ name: 'claviger:evidence-manifest-sha256', value: manifestSha256 }]),
    { name: 'claviger:reviewed-by', value: report.operator },
  ];
  const head = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(`${manifestSha256 ?? ''} ${evaluatedAt} ${selection.framework ?? ''}`)}`,
    version: 1,
    metadata: {
      timestamp: evaluatedAt,
      lifecycles: [{ phase: 'operations' }],
      tools: { components: [{ type: 'application', name: 'Claviger', version }] },
      properties,
    },
  };
  return `${JSON.stringify(head).slice(0, -1)},"components":[`;
}

/** What is not listed because it was not read, in words. */
function unread({ keys, tls, posture }: ReadinessEvidence): string[] {
  return [
    ...(keys ? [] : ['the keys']),
    ...(keys ?? [])
      .filter(({ report: { state } }) => state !== 'complete' && state !== 'partial')
      .map(({ connectionName, region }) => `the keys of ${connectionName} in ${region}`),
    ...(tls ? [] : ['the endpoints']),
    ...(tls ?? [])
      .filter(({ scans }) => !scans.some(({ reachable }) => reachable))
      .map(({ endpoint: { name, host, port } }) => `the endpoint ${name || host}:${port}`),
    ...acmCertificates(posture).unread,
  ];
}

/** The same report is the same bill: its serial number is made of what it is made of (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function verdictsBySubject({ checks, selection }: ReadinessReport): Map<string, Property[]> {
  const found = new Map<string, Property[]>();
  const frameworks = selection.framework ? [selection.framework] : frameworkIds;
  for (const { id, items } of checks) {
    const check = checkOf(id);
    const speaksTo = frameworks
      .flatMap((one) =>
        (check ? requirementsFor(check, one) : []).map((number) => `${one} ${number}`),
      )
      .join(', ');
    for (const { subject, verdict } of items) {
      const own = found.get(subject.id) ?? [];
      if (own.length === 0) found.set(subject.id, own);
      own.push({ name: `claviger:check:${id}`, value: `${verdict.value} (${speaksTo})` });
    }
  }
  return found;
}

function withVerdicts(component: Component, verdicts: readonly Property[] = []): Component {
  if (verdicts.length === 0) return component;
  return { ...component, properties: [...(component.properties ?? []), ...verdicts] };
}

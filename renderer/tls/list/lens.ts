import type { EndpointRow, ScanSummary } from '../../../shared/model/tls/fleet';
import { tlsVersions, type Answer, type TlsVersion } from '../../../shared/model/tls/scan';
import type { GradeState } from '../GradeBadge';
import { daysUntil, expiryBucket } from '../expiry';
import { gradeRank, worstGrade } from '../grade';

/** What the filter bar can narrow by. */
export const endpointFacets = [
  'grade',
  'version',
  'expiry',
  'changed',
  'reached',
  'owner',
  'tag',
] as const;
export type EndpointFacet = (typeof endpointFacets)[number];

/** How an endpoint offers a version: over its addresses, `some` where only some of them do. */
export type Offered = Answer | 'some';

/** An endpoint as the list shows it: its addresses taken together, the worst of them first. */
export interface EndpointView {
  readonly id: string;
  readonly row: EndpointRow;
  readonly name: string;
  /** `host:port`. */
  readonly place: string;
  readonly grade: GradeState;
  /** Addresses that the grade does not stand for: unreachable, or not graded. */
  readonly ungraded: number;
  /** Newest version first; a version that no address offers is left out. */
  readonly versions: readonly { readonly version: TlsVersion; readonly offered: Offered }[];
  readonly notAfter: string | undefined;
  /** At the time at which the view was made; undefined where no certificate was seen. */
  readonly daysLeft: number | undefined;
  readonly profile: ScanSummary['profile'] | undefined;
  readonly elbPolicy: string | undefined;
  readonly postQuantum: Offered | undefined;
  readonly vulnerable: ScanSummary['vulnerable'];
  /** Findings of the last scan that could not be told. */
  readonly unknowns: number;
  readonly lastAt: string | undefined;
  /** Every value that it has in a facet; a version or a tag may be several. */
  readonly facets: Readonly<Record<EndpointFacet, readonly string[]>>;
  readonly searchText: string;
}

/** Makes the function from rows to views at a time; a row that has not changed gives the same view. */
export function createEndpointLens(nowMs: number): (row: EndpointRow) => EndpointView {
  const views = new WeakMap<EndpointRow, EndpointView>();
  return (row) => {
    const known = views.get(row);
    if (known) return known;
    const view = viewOf(row, nowMs);
    views.set(row, view);
    return view;
  };
}

function viewOf(row: EndpointRow, nowMs: number): EndpointView {
  const { endpoint, last } = row;
  const reached = last.filter(({ reachable }) => reachable);
  const place = `${endpoint.host}:${endpoint.port}`;
  const notAfter = reached.flatMap((scan) => scan.notAfter ?? []).sort()[0];
  const view = {
    id: endpoint.id,
    row,
    name: endpoint.name || endpoint.host,
    place,
    grade: gradeOf(row, reached),
    ungraded: last.filter(({ grade }) => grade === null).length,
    versions: versionsOf(reached),
    notAfter,
    daysLeft: notAfter === undefined ? undefined : daysUntil(notAfter, nowMs),
    profile: strictestOf(reached),
    elbPolicy: [...new Set(reached.flatMap(({ elbPolicy }) => elbPolicy ?? []))].join(', '),
    postQuantum: reached.length > 0 ? together(reached.map((scan) => scan.postQuantum)) : undefined,
    vulnerable: [...new Set(reached.flatMap(({ vulnerable }) => vulnerable))],
    unknowns: last.reduce((sum, { unknowns }) => sum + unknowns, 0),
    lastAt: last
      .map(({ at }) => at)
      .sort()
      .at(-1),
  };
  return { ...view, facets: facetsOf(view), searchText: searchTextOf(view) };
}

function gradeOf({ last }: EndpointRow, reached: readonly ScanSummary[]): GradeState {
  if (last.length === 0) return 'never';
  if (reached.length === 0) return 'unreachable';
  return worstGrade(reached.map(({ grade }) => grade)) ?? 'unknown';
}

/** The answers of all addresses as one: unknown where one is unknown and none says yes. */
function together(answers: readonly Answer[]): Offered {
  if (answers.every((answer) => answer === 'yes')) return 'yes';
  if (answers.includes('yes')) return 'some';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function versionsOf(reached: readonly ScanSummary[]): EndpointView['versions'] {
  return tlsVersions.toReversed().flatMap((version) => {
    const answers = reached.flatMap(
      ({ versions }) => versions.find((one) => one.version === version)?.offered ?? [],
    );
    if (answers.length === 0) return [];
    const offered = together(answers);
    return offered === 'no' ? [] : [{ version, offered }];
  });
}

/** What holds for all addresses: the laxest profile of any. */
function strictestOf(reached: readonly ScanSummary[]): ScanSummary['profile'] | undefined {
  const order = ['modern', 'intermediate', 'old', 'none', 'unknown'] as const;
  return order.toReversed().find((profile) => reached.some((scan) => scan.profile === profile));
}

function facetsOf(
  view: Omit<EndpointView, 'facets' | 'searchText'>,
): Record<EndpointFacet, readonly string[]> {
  const { endpoint, differences, last } = view.row;
  const scanned = view.grade !== 'never';
  return {
    grade: [view.grade],
    version: view.versions
      .filter(({ offered }) => offered !== 'unknown')
      .map(({ version }) => version),
    expiry: [view.daysLeft === undefined ? 'unknown' : expiryBucket(view.daysLeft)],
    changed: scanned
      ? differences.length > 0
        ? [...new Set(differences.map(({ direction }) => direction))]
        : ['same']
      : ['never'],
    reached: scanned
      ? [
          last.every(({ reachable }) => reachable)
            ? 'yes'
            : last.some(({ reachable }) => reachable)
              ? 'some'
              : 'no',
        ]
      : ['never'],
    owner: [endpoint.owner || '(none)'],
    tag: endpoint.tags.length > 0 ? endpoint.tags : ['(none)'],
  };
}

function searchTextOf(view: Omit<EndpointView, 'facets' | 'searchText'>): string {
  const { endpoint, last } = view.row;
  return [
    view.name,
    view.place,
    endpoint.owner,
    endpoint.source,
    ...endpoint.tags,
    view.elbPolicy,
    ...view.vulnerable,
    ...last.flatMap(({ address, issuer }) => [address, issuer]),
  ]
    .join(' ')
    .toLowerCase();
}

/** The order of grades for sorting: what needs a person first comes with `F`, then what is not known. */
export function gradeOrder(grade: GradeState): number {
  if (grade === 'unreachable') return -1;
  if (grade === 'unknown') return -2;
  return grade === 'never' ? -3 : gradeRank(grade);
}

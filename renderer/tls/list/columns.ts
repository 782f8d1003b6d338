import type { GridColumn } from '../../dataGrid/columns';
import { versionLooks } from '../versions';
import { gradeOrder, type EndpointView } from './lens';

/** A column of the list. */
export interface EndpointColumn extends GridColumn {
  /** What it sorts by; undefined where that is not known, which stands last. */
  readonly value: (view: EndpointView) => string | number | undefined;
}

/** The first names the endpoint and is held in place. */
export const endpointColumns: readonly EndpointColumn[] = [
  { id: 'name', title: 'Endpoint', width: 268, value: ({ name }) => name.toLowerCase() },
  { id: 'grade', title: 'Grade', width: 140, value: ({ grade }) => gradeOrder(grade) },
  { id: 'versions', title: 'Versions', width: 176, value: oldestVersion },
  { id: 'expires', title: 'Certificate', width: 124, value: ({ daysLeft }) => daysLeft },
  { id: 'change', title: 'Since last scan', width: 172, value: changeRank },
  {
    id: 'vulnerable',
    title: 'Vulnerable to',
    width: 156,
    value: ({ vulnerable, lastAt }) => (lastAt === undefined ? undefined : vulnerable.length),
  },
  { id: 'profile', title: 'Mozilla profile', width: 120, value: ({ profile }) => profile },
  { id: 'postQuantum', title: 'Post-quantum', width: 116, value: ({ postQuantum }) => postQuantum },
  {
    id: 'policy',
    title: 'ELB policy',
    width: 220,
    value: ({ elbPolicy }) => elbPolicy || undefined,
  },
  { id: 'owner', title: 'Owner', width: 110, value: ({ row }) => row.endpoint.owner || undefined },
  { id: 'scanned', title: 'Last scan', width: 132, value: ({ lastAt }) => lastAt },
];

/** The list begins with the worst grades. */
export const defaultSort = { column: 'grade', desc: true } as const;

/** The column of an id, as an address may name it. */
export function findColumn(id: string): EndpointColumn | undefined {
  return endpointColumns.find((column) => column.id === id);
}

function oldestVersion({ versions }: EndpointView): number | undefined {
  const oldest = versions.at(-1);
  return oldest && Object.keys(versionLooks).indexOf(oldest.version);
}

/** Worse before better before changed before the same. */
function changeRank({ row, lastAt }: EndpointView): number | undefined {
  if (lastAt === undefined) return undefined;
  const has = (direction: string) => row.differences.some((one) => one.direction === direction);
  return has('worse') ? 3 : has('better') ? 2 : row.differences.length > 0 ? 1 : 0;
}

import type { Facet } from './facet';
import type { KeyMetadata } from './key';
import { facetWords, type KeyView } from './keyLens';
import { onDemandLimit } from './keyRotationRules';
import { verdictValues, verdictWords } from './verdict';

/** What one cell of the table says. */
export interface KeyCell {
  readonly status: Facet<unknown>['status'];
  /** The same words in the table, in CSV and on the command line; dates as ISO 8601 UTC. */
  readonly text: string;
  /** What the column is sorted by; undefined sorts last in both directions. */
  readonly sort?: string | number | undefined;
}

export interface KeyColumn {
  readonly id: string;
  readonly title: string;
  /** `date`: `sort` is an ISO 8601 UTC time that the window may show in local time; `number`: align right. */
  readonly type: 'text' | 'date' | 'number';
  /** Only in exports: too long for a table. */
  readonly exportOnly?: boolean;
  readonly cell: (view: KeyView) => KeyCell;
}

/** The columns of the key table, in their order; the first names the key and is always shown. */
export const keyColumns: readonly KeyColumn[] = [
  column('alias', 'Alias', 'text', ({ row }) =>
    fromFacet(row.aliases, (aliases) => plain(aliases.join(', '), naturalOrder(aliases[0]))),
  ),
  column('keyId', 'Key ID', 'text', ({ row }) => plain(row.keyId)),
  column('verdict', 'Verdict', 'text', ({ overall }) =>
    plain(verdictWords[overall], verdictValues.indexOf(overall)),
  ),
  column(
    'state',
    'State',
    'text',
    metadata((value) => plain(value.keyState)),
  ),
  column('rotation', 'Rotation', 'text', ({ row }) =>
    fromFacet(row.rotation, (rotation) => plain(rotation.enabled ? 'On' : 'Off')),
  ),
  column('period', 'Period', 'number', ({ row }) =>
    fromFacet(row.rotation, ({ enabled, periodDays }) => (enabled ? days(periodDays) : plain(''))),
  ),
  column('lastRotation', 'Last rotated', 'date', ({ row }) =>
    fromFacet(row.history, (history) => date(history.lastRotationDate)),
  ),
  column('nextRotation', 'Next rotation', 'date', ({ row }) =>
    fromFacet(row.rotation, (rotation) => date(rotation.nextRotationDate)),
  ),
  column('overdue', 'Overdue by', 'number', ({ row, outlook }) =>
    // With rotation off, the age of the material decides, and that is another call's answer.
    fromFacet(row.rotation, ({ enabled }) =>
      enabled ? days(outlook.overdueDays) : fromFacet(row.history, () => days(outlook.overdueDays)),
    ),
  ),
  column('onDemand', 'On demand', 'number', ({ row }) =>
    fromFacet(row.history, ({ onDemandUsed }) =>
      plain(`${onDemandUsed} of ${onDemandLimit}`, onDemandUsed),
    ),
  ),
  column(
    'kind',
    'Kind',
    'text',
    metadata((value) => plain(kindWords(value))),
  ),
  column(
    'origin',
    'Origin',
    'text',
    metadata((value) => plain(value.origin)),
  ),
  column('region', 'Region', 'text', ({ row }) => plain(row.region)),
  column('account', 'Account', 'text', ({ row }) => plain(row.accountId)),
  column(
    'manager',
    'Managed by',
    'text',
    metadata((value) =>
      plain(
        value.keyManager === 'AWS'
          ? 'AWS'
          : value.keyManager === 'CUSTOMER'
            ? 'Customer'
            : value.keyManager,
      ),
    ),
  ),
  column('replicas', 'Replicas', 'text', metadata(replicas)),
  column('environment', 'Environment', 'text', ({ row, facets }) =>
    fromFacet(row.tags, () => tagCell(facets.environment)),
  ),
  column('owner', 'Owner', 'text', ({ row, facets }) =>
    fromFacet(row.tags, () => tagCell(facets.owner)),
  ),
  column(
    'created',
    'Created',
    'date',
    metadata((value) => date(value.creationDate)),
  ),
  column('change', 'Changed', 'text', ({ row }) =>
    plain(row.change ? [row.change.kind, ...row.change.what].join('; ') : ''),
  ),
  { ...column('arn', 'ARN', 'text', ({ row }) => plain(row.arn)), exportOnly: true },
  {
    ...column(
      'description',
      'Description',
      'text',
      metadata((value) => plain(value.description)),
    ),
    exportOnly: true,
  },
  {
    ...column(
      'deletion',
      'Deletion date',
      'date',
      metadata((value) => date(value.deletionDate)),
    ),
    exportOnly: true,
  },
];

/** A column by its id; undefined where there is none. */
export function findKeyColumn(id: string): KeyColumn | undefined {
  return keyColumns.find((candidate) => candidate.id === id);
}

/** `Symmetric`, `RSA_2048 sign`: AWS's key spec with what it is used for where that is open. */
export function kindWords({
  keySpec,
  keyUsage,
}: Pick<KeyMetadata, 'keySpec' | 'keyUsage'>): string {
  if (keySpec === 'SYMMETRIC_DEFAULT') return 'Symmetric';
  const use = usageWords[keyUsage];
  return use ? `${keySpec} ${use}` : keySpec;
}

const usageWords: Readonly<Record<string, string>> = {
  ENCRYPT_DECRYPT: 'encrypt',
  SIGN_VERIFY: 'sign',
  KEY_AGREEMENT: 'agree',
  ENCAPSULATE_DECAPSULATE: 'encapsulate',
};

function column(
  id: string,
  title: string,
  type: KeyColumn['type'],
  cell: KeyColumn['cell'],
): KeyColumn {
  return { id, title, type, cell };
}

function metadata(read: (value: KeyMetadata) => KeyCell): KeyColumn['cell'] {
  return ({ row }) => fromFacet(row.metadata, read);
}

function fromFacet<T>(facet: Facet<T>, read: (value: T) => KeyCell): KeyCell {
  if (facet.status === 'known') return read(facet.value);
  if (facet.status === 'pending') return pending;
  if (facet.status === 'not-applicable') return notApplicable;
  const missing = facet.error.detail?.['permission'] ?? facet.error.code;
  return { status: 'cannot-tell', text: `cannot tell (${String(missing)})` };
}

const pending: KeyCell = { status: 'pending', text: 'not read yet' };
const notApplicable: KeyCell = { status: 'not-applicable', text: 'n/a' };

/** A known value; an empty one sorts last. */
function plain(text: string, sort: string | number | undefined = text.toLowerCase()): KeyCell {
  return { status: 'known', text, sort: text === '' ? undefined : sort };
}

function date(iso: string | undefined): KeyCell {
  return plain(iso ?? '', iso);
}

function days(count: number | undefined): KeyCell {
  return count === undefined ? plain('') : plain(`${count} d`, count);
}

function replicas({ multiRegion }: KeyMetadata): KeyCell {
  if (!multiRegion) return plain('');
  if (multiRegion.type === 'REPLICA') return plain(`of ${multiRegion.primaryRegion}`);
  const regions = multiRegion.replicaRegions;
  return plain(regions.length === 0 ? 'primary, none' : regions.join(', '));
}

function tagCell(value: string): KeyCell {
  return plain(value === facetWords.none ? '' : value);
}

/** Numbers inside a name sort by size: `app-2` before `app-10`. */
function naturalOrder(text: string | undefined): string | undefined {
  return text?.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
}

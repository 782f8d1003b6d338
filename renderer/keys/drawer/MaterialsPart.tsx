import type { Facet } from '../../../shared/model/facet';
import type { KeyMaterial, KeyRow, RotationStatus } from '../../../shared/model/key';
import { onDemandLimit } from '../../../shared/model/keyRotationRules';
import {
  Badge,
  Identifier,
  KeyValue,
  Time,
  Timeline,
  type TimelineEntry,
  type Tone,
} from '../../ui';
import { FacetBody, FacetPart, Part } from './Part';

/** Rotation as it is set, and the history of the key's materials, newest first. */
export function MaterialsPart({
  row,
  materials,
}: {
  row: KeyRow;
  materials: Facet<KeyMaterial[]>;
}) {
  return (
    <>
      <FacetPart title="Rotation" facet={row.rotation}>
        {(rotation) => <RotationFacts rotation={rotation} />}
      </FacetPart>
      <Part title="Key materials" aside={<OnDemand row={row} />}>
        <FacetBody facet={materials}>
          {(list) =>
            list.length === 0 ? (
              <p className="text-sm text-ink-2">AWS lists no key material.</p>
            ) : (
              <Timeline label="History of key materials" entries={inOrder(list).map(entryOf)} />
            )
          }
        </FacetBody>
      </Part>
    </>
  );
}

function RotationFacts({ rotation }: { rotation: RotationStatus }) {
  const { enabled, periodDays, nextRotationDate, onDemandStartDate } = rotation;
  return (
    <KeyValue
      rows={[
        { label: 'Automatic', value: enabled ? 'On' : 'Off' },
        ...(enabled && periodDays !== undefined
          ? [{ label: 'Period', value: `${periodDays} days` }]
          : []),
        ...(nextRotationDate === undefined
          ? []
          : [{ label: 'Next', value: <Time iso={nextRotationDate} /> }]),
        ...(onDemandStartDate === undefined
          ? []
          : [
              {
                label: 'On demand',
                value: (
                  <>
                    in progress since <Time iso={onDemandStartDate} />
                  </>
                ),
              },
            ]),
      ]}
    />
  );
}

function OnDemand({ row }: { row: KeyRow }) {
  if (row.history.status !== 'known') return null;
  return (
    <>
      {row.history.value.onDemandUsed} of {onDemandLimit} on-demand rotations used
    </>
  );
}

/** Pending materials first, then the current one, then the older ones by their date. */
function inOrder(materials: readonly KeyMaterial[]): KeyMaterial[] {
  return [...materials].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      Date.parse(b.rotationDate ?? '1970') - Date.parse(a.rotationDate ?? '1970'),
  );
}

function rank({ state }: KeyMaterial): number {
  if (state?.startsWith('PENDING')) return 0;
  return state === 'CURRENT' ? 1 : 2;
}

function entryOf(material: KeyMaterial, index: number): TimelineEntry {
  const { keyMaterialId, state, rotationDate, rotationType, importState, description } = material;
  return {
    id: keyMaterialId ?? `${rotationDate ?? ''} ${index}`,
    current: state === 'CURRENT',
    tone: toneOf(material),
    title: (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Badge tone={toneOf(material)}>{state ?? 'State not told'}</Badge>
        {rotationType && (
          <span className="font-normal text-ink-2">{rotationWords(rotationType)}</span>
        )}
        {importState && (
          <Badge tone={importState === 'IMPORTED' ? 'quiet' : 'fail'}>{importState}</Badge>
        )}
      </span>
    ),
    time: rotationDate ? <Time iso={rotationDate} /> : 'first material',
    detail: (
      <span className="flex flex-col gap-0.5">
        {keyMaterialId && <Identifier value={keyMaterialId} label="Key material id" max={36} />}
        {description && <span>{description}</span>}
        <Expiry material={material} />
      </span>
    ),
  };
}

function Expiry({ material: { expirationModel, validTo } }: { material: KeyMaterial }) {
  if (validTo !== undefined)
    return (
      <span>
        Expires <Time iso={validTo} />
      </span>
    );
  return expirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE' ? <span>Does not expire</span> : null;
}

function toneOf({ state, importState }: KeyMaterial): Tone {
  if (importState !== undefined && importState !== 'IMPORTED') return 'fail';
  if (state === 'CURRENT') return 'pass';
  return state?.startsWith('PENDING') ? 'stale' : 'quiet';
}

function rotationWords(type: string): string {
  if (type === 'AUTOMATIC') return 'automatic rotation';
  return type === 'ON_DEMAND' ? 'on-demand rotation' : type;
}

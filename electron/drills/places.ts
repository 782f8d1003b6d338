import { known } from '../../shared/model/facet';
import { keyRefString, type KeyRow } from '../../shared/model/key';
import type { TemplatePlace } from '../../shared/model/drills/templates';
import type { KeyUsageReading } from '../../shared/model/keyUsage';
import { keysByRisk, lastUses, type RiskyKey } from '../../shared/model/drills/risk';
import type { InventoryProgress } from '../../shared/contract/keys';
import type { Connections } from '../aws/types';
import type { Keys } from '../keys/index';
import type { DrillStore } from './drillStore';
import { keyUses, type StoredEvents } from './keyUses';
import type { Neighbours, PracticeSide } from './ports';

/** So many keys a plan begins with. */
const keysToBeginWith = 3;
const practiceRole = 'break-glass';

/** The keys of a connection's last inventory, the most pressing first. */
export async function riskyKeys(
  connection: string,
  parts: {
    readonly keys: Keys['handlers'];
    readonly drills: DrillStore;
    readonly events: StoredEvents;
    readonly keyUsage: () => Promise<readonly KeyUsageReading[]>;
    readonly neighbours: Pick<Neighbours, 'connections'>;
  },
  signal: AbortSignal,
): Promise<RiskyKey[]> {
  const rows: KeyRow[] = [];
  const progress = (value: InventoryProgress) => {
    if (value.kind === 'rows')
      rows.push(...value.rows.filter((row) => row.connection === connection));
  };
  const { keys, drills, events, keyUsage, neighbours } = parts;
  await keys.snapshot(undefined, { signal, progress });
  const drilled = new Set(
    drills
      .ids()
      .map((id) => drills.get(id))
      .filter(({ state }) => state === 'closed')
      .flatMap(({ plan }) => plan.scope.keys.map(keyRefString)),
  );
  const now = await neighbours.connections.now(connection);
  const arns = rows.map(({ arn }) => arn);
  const uses = await keyUses(arns, events, now, signal);
  return keysByRisk(rows, drilled, uses, lastUses(await keyUsage()));
}

/** The alias of a key, or its description, or its id. */
export function keyName(row: KeyRow): string {
  return known(row.aliases)?.[0] ?? (known(row.metadata)?.description || row.keyId);
}

/** Where a plan of a connection begins: what the account itself tells. */
export async function placeFor(
  connection: string,
  parts: {
    readonly connections: Connections;
    readonly keys: readonly RiskyKey[];
    readonly practice: PracticeSide | undefined;
    readonly practiceRegions: readonly string[];
  },
): Promise<TemplatePlace> {
  const refs = parts.keys.slice(0, keysToBeginWith).map(({ row }) => ({
    connection: row.connection,
    region: row.region,
    keyId: row.keyId,
  }));
  if (connection !== 'practice' || !parts.practice) {
    const { defaultRegion, regions } = await parts.connections.find(connection);
    const region = defaultRegion ?? regions[0] ?? refs[0]?.region ?? 'us-east-1';
    const replicaRegion = regions.find((one) => one !== region);
    return {
      scope: {
        connection,
        region,
        keys: refs,
        ...(replicaRegion !== undefined && { replicaRegion }),
      },
    };
  }
  const [region = 'eu-central-1', replicaRegion] = parts.practiceRegions;
  const users = await parts.practice.users();
  const usual = users.find(({ name, mfa }) => mfa !== undefined && name.includes('oncall'));
  const home = users.find(({ name }) => name === 'practice-operator')?.account;
  const backup = users.find(({ account, name }) => account !== home && name.includes('operator'));
  return {
    scope: {
      connection,
      region,
      keys: refs,
      ...(replicaRegion !== undefined && { replicaRegion }),
    },
    identities: {
      ...(usual?.mfa && {
        usual: `practice:${usual.name}`,
        mfaSerial: usual.mfa.serialNumber,
        breakGlassRole: `arn:aws:iam::${usual.account}:role/${practiceRole}`,
      }),
      ...(backup && { backup: `practice:${backup.name}` }),
    },
    alarms: { keyState: 'kms-key-deletion', withinMinutes: 30 },
  };
}

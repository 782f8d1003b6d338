import type { Reading } from '../../readiness/evidence';
import type { Bucket } from '../../readiness/posture/buckets';
import type { Database, RegionPosture } from '../../readiness/posture/region';
import type { PostureScope, ReadinessEvidence } from '../../readiness/sources';
import {
  factOf,
  missingWords,
  neverRead,
  notReadYet,
  oldestOf,
  scopeOf,
  some,
  split,
  type AccountFact,
  type Gathered,
} from './fact';

type Evidence = Pick<ReadinessEvidence, 'posture'>;

/** How buckets encrypt new objects. */
export function bucketsFact({ posture }: Evidence): AccountFact {
  return factOf(
    {
      id: 'buckets',
      title: 'Buckets',
      link: { to: '/readiness?check=s3-kms-by-default', label: 'Buckets' },
    },
    alsoRefused(gatherBuckets(posture), ({ encryption }) => encryption),
    (buckets) => {
      if (buckets.length === 0) return 'There is no bucket.';
      const kms = split(buckets, ({ encryption }) =>
        answered(encryption)?.algorithm.startsWith('aws:kms'),
      );
      const key = split(buckets, ({ encryption }) => {
        const found = answered(encryption);
        return found?.algorithm.startsWith('aws:kms') ? found.bucketKey : found && false;
      });
      return `KMS encrypts new objects by default in ${kms.yes} of ${some(buckets.length, 'bucket')}${kms.unknown}; a bucket key is on in ${key.yes}${key.unknown}.`;
    },
  );
}

/** Databases whose storage is encrypted. */
export function databasesFact({ posture }: Evidence): AccountFact {
  return factOf(
    {
      id: 'databases',
      title: 'Databases',
      link: { to: '/readiness?check=databases-encrypted', label: 'Databases' },
    },
    gatherDatabases(posture),
    (databases) => {
      if (databases.length === 0) return 'There is no RDS database.';
      const encrypted = split(databases, (database) => database.encrypted);
      return `Storage is encrypted in ${encrypted.yes} of ${some(databases.length, 'database')}${encrypted.unknown}.`;
    },
  );
}

/** Databases with backups of their own. */
export function backupsFact({ posture }: Evidence): AccountFact {
  return factOf(
    {
      id: 'backups',
      title: 'Automatic backups',
      link: { to: '/readiness?check=databases-backed-up', label: 'Backups' },
    },
    gatherDatabases(posture),
    (databases) => {
      if (databases.length === 0) return 'There is no RDS database to back up.';
      const backed = split(databases, ({ backupDays }) =>
        backupDays === undefined ? undefined : backupDays > 0,
      );
      return `Automatic backups are on in ${backed.yes} of ${some(databases.length, 'database')}${backed.unknown}. Other backups are not read.`;
    },
  );
}

/** Certificates of ACM. */
export function certificatesFact({ posture }: Evidence): AccountFact {
  return factOf(
    {
      id: 'certificates',
      title: 'Certificates of ACM',
      link: { to: '/readiness?check=acm-certificates-last', label: 'Certificates' },
    },
    alsoRefused(
      gatherRegions(posture, ({ certificates }) => certificates),
      ({ certificate }) => certificate,
    ),
    (listed) => {
      if (listed.length === 0) return 'There is no certificate in ACM.';
      const issued = split(listed, ({ certificate }) => {
        const status = answered(certificate)?.status;
        return status === undefined ? undefined : status === 'ISSUED';
      });
      const imported = split(listed, ({ certificate }) => {
        const type = answered(certificate)?.type;
        return type === undefined ? undefined : type === 'IMPORTED';
      });
      return `Issued: ${issued.yes} of ${some(listed.length, 'certificate')}${issued.unknown}. Imported, and renewed by nobody but you: ${imported.yes}${imported.unknown}.`;
    },
  );
}

/** Log groups under a key of KMS. */
export function logGroupsFact({ posture }: Evidence): AccountFact {
  return factOf(
    {
      id: 'log-groups',
      title: 'Log groups',
      link: { to: '/readiness?check=log-groups-own-key', label: 'Log groups' },
    },
    gatherRegions(posture, ({ logGroups }) => logGroups),
    (groups) => {
      if (groups.length === 0) return 'There is no log group.';
      const keyed = groups.filter(({ keyId }) => keyId !== undefined).length;
      return `A KMS key encrypts ${keyed} of ${some(groups.length, 'log group')}.`;
    },
  );
}

function gatherBuckets(scopes: ReadinessEvidence['posture']): Gathered<Bucket> {
  if (!scopes) return neverRead;
  return together(
    scopes.map((scope) => ({ scope, reading: scope.posture?.buckets })),
    scopeOf(scopes.map(({ connectionName }) => ({ name: connectionName }))),
  );
}

/** Clusters, and the instances that belong to none: the storage of a cluster is one. */
function gatherDatabases(scopes: ReadinessEvidence['posture']): Gathered<Database> {
  const clusters = gatherRegions(scopes, ({ databases }) => databases.clusters);
  const instances = gatherRegions(scopes, ({ databases }) => databases.instances);
  const single = instances.things.filter(({ cluster }) => cluster === undefined);
  return {
    things: [...clusters.things, ...single],
    lists: Math.min(clusters.lists, instances.lists),
    scope: clusters.scope,
    asOf: oldestOf([clusters.asOf, instances.asOf]),
    missing: [...new Set([...clusters.missing, ...instances.missing])],
  };
}

function gatherRegions<T>(
  scopes: ReadinessEvidence['posture'],
  pick: (region: RegionPosture) => Reading<T[]>,
): Gathered<T> {
  if (!scopes) return neverRead;
  const places = scopes.flatMap((scope) => scope.regions.map((region) => ({ scope, region })));
  return together(
    places.map(({ scope, region }) => {
      const found = scope.posture?.regions.find((one) => one.region === region);
      return { scope, region, reading: found && pick(found) };
    }),
    scopeOf(places.map(({ scope, region }) => ({ name: scope.connectionName, region }))),
  );
}

function together<T>(
  parts: readonly {
    readonly scope: PostureScope;
    readonly region?: string;
    readonly reading: Reading<T[]> | undefined;
  }[],
  scope: string,
): Gathered<T> {
  const readings = parts.flatMap(({ reading }) => reading ?? []);
  const answers = readings.flatMap((reading) => ('refused' in reading ? [] : [reading]));
  return {
    things: answers.flatMap(({ answer }) => answer),
    lists: answers.length,
    scope,
    asOf: oldestOf(answers.flatMap(({ calls }) => calls.map(({ asOf }) => asOf))),
    missing: missingWords(
      parts.flatMap(({ scope: { connectionName }, region, reading }) => {
        const place = region ?? connectionName;
        if (!reading) return [{ place, why: notReadYet }];
        return 'refused' in reading ? [{ place, why: reading.refused.message }] : [];
      }),
    ),
  };
}

/** The same, with why single things could not be told. */
function alsoRefused<T>(gathered: Gathered<T>, pick: (thing: T) => Reading<unknown>): Gathered<T> {
  const reasons = gathered.things.flatMap((thing) => {
    const reading = pick(thing);
    return 'refused' in reading ? [reading.refused.message] : [];
  });
  return { ...gathered, missing: [...gathered.missing, ...new Set(reasons)] };
}

/** The answer where there is one. */
function answered<T>(reading: Reading<T>): T | undefined {
  return 'refused' in reading ? undefined : reading.answer;
}

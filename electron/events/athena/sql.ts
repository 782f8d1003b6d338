import { createHash } from 'node:crypto';
import { dayMs, dayOf } from '../digest/bucketListing';
import { resultColumns } from './columns';

/** The database that Claviger's tables are in. */
export const database = 'claviger';

/** Where a trail's log files lie, as a table describes it. */
export interface TableSettings {
  readonly bucket: string;
  /** `audit/` or nothing. */
  readonly prefix: string;
  /** `o-abc`, for the trail of an organisation. */
  readonly organization: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** What is asked of the events. */
export interface Narrowing {
  readonly since: number;
  readonly until: number;
  readonly regions: readonly string[];
  readonly key?: string | undefined;
  readonly names: readonly string[];
  readonly failuresOnly: boolean;
}

/** Made by the table's settings, so that other settings make another table. */
export function tableName(settings: TableSettings): string {
  const { bucket, prefix, organization, accounts, regions } = settings;
  const text = JSON.stringify([bucket, prefix, organization, accounts, regions]);
  return `cloudtrail_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`;
}

export const createDatabase = `CREATE DATABASE IF NOT EXISTS ${database}`;

/**
 * The table over a trail's log files, partitioned by account, Region and day by projection. Sources:
 * Athena user guide, "Create a table for CloudTrail logs in Athena using partition projection" and "for
 * an organization wide trail"; `keyexchange` stands in records since version 1.11.
 */
export function createTable(settings: TableSettings): string {
  const { bucket, prefix, organization, accounts, regions } = settings;
  const root = `s3://${bucket}/${prefix}AWSLogs/${organization === undefined ? '' : `${organization}/`}`;
  const properties = {
    'projection.enabled': 'true',
    'projection.account.type': 'enum',
    'projection.account.values': accounts.join(','),
    'projection.region.type': 'enum',
    'projection.region.values': regions.join(','),
    'projection.day.type': 'date',
    'projection.day.format': 'yyyy/MM/dd',
    'projection.day.interval': '1',
    'projection.day.interval.unit': 'DAYS',
    // CloudTrail began in this month.
    'projection.day.range': '2013/11/01,NOW',
    'storage.location.template': `${root}\${account}/CloudTrail/\${region}/\${day}`,
  };
  const listed = Object.entries(properties).map(
    ([name, value]) => `  ${text(name)} = ${text(value)}`,
  );
  return `CREATE EXTERNAL TABLE IF NOT EXISTS ${database}.${tableName(settings)} (
${columns}
)
PARTITIONED BY (account STRING, region STRING, day STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION ${text(root)}
TBLPROPERTIES (
${listed.join(',\n')}
)`;
}

/** The events of KMS and of trails that are asked for; only the partitions of their time are read. */
export function selectEvents(
  settings: TableSettings,
  { since, until, regions, key, names, failuresOnly }: Narrowing,
): string {
  const selected = resultColumns.map(({ select }, i) => `  ${select} AS c${i}`);
  const days = daysOf({ since, until });
  const conditions = [
    `account IN (${list(settings.accounts)})`,
    `region IN (${list(regions)})`,
    `day BETWEEN ${text(days.from)} AND ${text(days.to)}`,
    `eventtime BETWEEN ${text(second(since))} AND ${text(second(until))}`,
    "eventsource IN ('kms.amazonaws.com', 'cloudtrail.amazonaws.com')",
    ...(names.length > 0 ? [`eventname IN (${list(names)})`] : []),
    ...(failuresOnly ? ['errorcode IS NOT NULL'] : []),
    ...(key === undefined ? [] : [namesKey(key)]),
  ];
  return `SELECT
${selected.join(',\n')}
FROM ${database}.${tableName(settings)}
WHERE ${conditions.join('\n  AND ')}`;
}

/** The days whose folders hold events of a time: CloudTrail writes by the day of delivery, which is later. */
export function daysOf({ since, until }: { since: number; until: number }): {
  from: string;
  to: string;
} {
  return { from: dayOf(since), to: dayOf(until + dayMs) };
}

/** The Regions where events of a key can be: those of a single-Region key's ARN are in its own. */
export function regionsOfKey(key: string | undefined, regions: readonly string[]): string[] {
  const region = /^arn:[\w-]+:kms:([a-z0-9-]+):\d{12}:key\/(?!mrk-)/.exec(key ?? '')?.[1];
  return region === undefined ? [...regions] : regions.filter((each) => each === region);
}

function namesKey(key: string): string {
  const id = key.replace(/^.*:key\//, '').replace(/^.*:(?=alias\/)/, '');
  const places = [
    'requestparameters',
    'responseelements',
    'serviceeventdetails',
    'json_format(CAST(resources AS JSON))',
  ];
  return `(${places.map((place) => `strpos(${place}, ${text(id)}) > 0`).join(' OR ')})`;
}

function list(values: readonly string[]): string {
  return values.map(text).join(', ');
}

/** A literal; a quote is doubled. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function second(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const columns = `  eventversion STRING,
  useridentity STRUCT<
    type:STRING,
    principalid:STRING,
    arn:STRING,
    accountid:STRING,
    invokedby:STRING,
    accesskeyid:STRING,
    username:STRING,
    onbehalfof:STRUCT<userid:STRING, identitystorearn:STRING>,
    sessioncontext:STRUCT<
      attributes:STRUCT<mfaauthenticated:STRING, creationdate:STRING>,
      sessionissuer:STRUCT<type:STRING, principalid:STRING, arn:STRING, accountid:STRING, username:STRING>,
      ec2roledelivery:STRING,
      webidfederationdata:STRUCT<federatedprovider:STRING, attributes:MAP<STRING,STRING>>>>,
  eventtime STRING,
  eventsource STRING,
  eventname STRING,
  awsregion STRING,
  sourceipaddress STRING,
  useragent STRING,
  errorcode STRING,
  errormessage STRING,
  requestparameters STRING,
  responseelements STRING,
  additionaleventdata STRING,
  requestid STRING,
  eventid STRING,
  readonly STRING,
  resources ARRAY<STRUCT<arn:STRING, accountid:STRING, type:STRING>>,
  eventtype STRING,
  apiversion STRING,
  recipientaccountid STRING,
  serviceeventdetails STRING,
  sharedeventid STRING,
  vpcendpointid STRING,
  vpcendpointaccountid STRING,
  eventcategory STRING,
  addendum STRUCT<reason:STRING, updatedfields:STRING, originalrequestid:STRING, originaleventid:STRING>,
  sessioncredentialfromconsole STRING,
  edgedevicedetails STRING,
  tlsdetails STRUCT<tlsversion:STRING, ciphersuite:STRING, clientprovidedhostheader:STRING, keyexchange:STRING>`;

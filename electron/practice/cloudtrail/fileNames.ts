import { createHash } from 'node:crypto';

interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly prefix?: string | undefined;
}

/** The key of a log file that is delivered at `at`; `salt` makes names of the same minute differ. */
export function logFileKey(place: Place, at: number, salt: string): string {
  const { accountId, region } = place;
  const unique = createHash('sha256').update(`${salt}/${region}/${at}`).digest('base64url');
  const name = unique.replaceAll(/[-_]/g, '').slice(0, 16);
  const minute = `${compact(at).slice(0, 13)}Z`;
  return `${folder(place, 'CloudTrail', at)}/${accountId}_CloudTrail_${region}_${minute}_${name}.json.gz`;
}

/** The key of the digest file whose hour ends at `end`. */
export function digestKey(
  place: Place,
  trail: { name: string; homeRegion: string },
  end: number,
): string {
  const { accountId, region } = place;
  return `${folder(place, 'CloudTrail-Digest', end)}/${accountId}_CloudTrail-Digest_${region}_${trail.name}_${trail.homeRegion}_${compact(end)}.json.gz`;
}

/** Region and minute of a log file's key; undefined for another key. */
export function readLogFileKey(key: string): { region: string; at: number } | undefined {
  const match = /_CloudTrail_([a-z0-9-]+)_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_\w+\.json\.gz$/.exec(
    key,
  );
  if (!match) return undefined;
  const [, region = '', year, month, day, hour, minute] = match;
  return {
    region,
    at: Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)),
  };
}

function folder({ accountId, region, prefix }: Place, kind: string, at: number): string {
  const start = prefix === undefined ? '' : `${prefix}/`;
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');
  return `${start}AWSLogs/${accountId}/${kind}/${region}/${day}`;
}

/** YYYYMMDDTHHMMSSZ */
function compact(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

import type { CaaRecord } from 'node:dns';
import { isIP } from 'node:net';
import type { Caa } from '../../../shared/model/tls/certificate';
import { asciiName } from './hostname';

/** The one question to DNS; Node's `dns.promises.Resolver` has it. */
export interface CaaResolver {
  resolveCaa(name: string): Promise<readonly CaaRecord[]>;
}

/** The longest name has 127 labels; nobody's has so many. */
const maxLabels = 20;

/**
 * Who may issue for a host, by DNS: climbs from the name towards the root until a name has CAA records
 * (RFC 8659, section 3). `yes` with the records, `no` where no name has any, `unknown` where DNS fails.
 */
export async function readCaa(host: string, dns: CaaResolver): Promise<Caa> {
  const name = asciiName(host);
  if (isIP(host.replace(/^\[|\]$/g, '')) > 0 || name === '') {
    return { value: 'no', why: 'Only names have CAA records.', records: [] };
  }
  const labels = name.split('.').slice(-maxLabels);
  for (const at of labels.keys()) {
    const domain = labels.slice(at).join('.');
    const found = await ask(domain, dns);
    if (typeof found === 'string') {
      return { value: 'unknown', why: `DNS did not answer for ${domain}: ${found}.`, records: [] };
    }
    if (found.length > 0) return caaOf(domain, found);
  }
  return {
    value: 'no',
    why: 'Every authority may issue: no CAA record up to the root.',
    records: [],
  };
}

async function ask(domain: string, dns: CaaResolver): Promise<readonly CaaRecord[] | string> {
  try {
    return await dns.resolveCaa(domain);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    return code === 'ENODATA' || code === 'ENOTFOUND' ? [] : code;
  }
}

function caaOf(domain: string, found: readonly CaaRecord[]): Caa {
  const properties = found.flatMap(({ critical, ...tags }) =>
    Object.entries(tags)
      .filter(([tag]) => tag !== 'type')
      .map(([tag, value]) => ({ critical, tag: tag.toLowerCase(), value: String(value) })),
  );
  const records = properties.map(({ critical, tag, value }) => `${critical} ${tag} "${value}"`);
  // RFC 8659, 4.1: an authority that does not know a critical property must not issue.
  const unknown = properties.filter(({ critical, tag }) => critical >= 128 && !knownTags.has(tag));
  if (unknown.length > 0) {
    const tags = unknown.map(({ tag }) => tag).join(', ');
    return {
      value: 'yes',
      why: `Set at ${domain}, with critical properties that few authorities know: ${tags}.`,
      records,
    };
  }
  const restricts = properties.some(({ tag }) => tag === 'issue' || tag === 'issuewild');
  const why = restricts ? `Set at ${domain}.` : `Set at ${domain}, without limiting who may issue.`;
  return { value: 'yes', why, records };
}

/** RFC 8659, 4.2 to 4.4; RFC 9495; CA/Browser Forum ballots for contacts. */
const knownTags = new Set([
  'issue',
  'issuewild',
  'iodef',
  'issuemail',
  'contactemail',
  'contactphone',
]);

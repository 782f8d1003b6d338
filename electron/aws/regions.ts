export interface Region {
  readonly id: string;
  readonly name: string;
}

export type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc';

/**
 * The Regions of a partition, all of which offer KMS; some must be enabled for an account first.
 * Source: AWS's partition metadata as the SDK of November 2026 carries it.
 */
export function regionsOf(partition: Partition): readonly Region[] {
  return tables[partition];
}

/** The partition that a Region, or else an ARN, belongs to; `aws` where neither says. */
export function partitionOf(region: string | undefined, arn?: string): Partition {
  if (region?.startsWith('cn-')) return 'aws-cn';
  if (region?.startsWith('us-gov-')) return 'aws-us-gov';
  if (region?.startsWith('eusc-')) return 'aws-eusc';
  const named = arn?.split(':')[1];
  return region === undefined && named !== undefined && named in tables
    ? (named as Partition)
    : 'aws';
}

/** The form of a Region's name: no host name can be smuggled in with it. */
export function isRegionName(region: string): boolean {
  return /^[a-z]{2,6}(-[a-z]{2,12}){1,3}-\d{1,2}$/.test(region);
}

function table(text: string): readonly Region[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', name = ''] = line.split('|').map((part) => part.trim());
      return { id, name };
    });
}

const tables: Readonly<Record<Partition, readonly Region[]>> = {
  aws: table(`
    af-south-1 | Africa (Cape Town)
    ap-east-1 | Asia Pacific (Hong Kong)
    ap-east-2 | Asia Pacific (Taipei)
    ap-northeast-1 | Asia Pacific (Tokyo)
    ap-northeast-2 | Asia Pacific (Seoul)
    ap-northeast-3 | Asia Pacific (Osaka)
    ap-south-1 | Asia Pacific (Mumbai)
    ap-south-2 | Asia Pacific (Hyderabad)
    ap-southeast-1 | Asia Pacific (Singapore)
    ap-southeast-2 | Asia Pacific (Sydney)
    ap-southeast-3 | Asia Pacific (Jakarta)
    ap-southeast-4 | Asia Pacific (Melbourne)
    ap-southeast-5 | Asia Pacific (Malaysia)
    ap-southeast-6 | Asia Pacific (New Zealand)
    ap-southeast-7 | Asia Pacific (Thailand)
    ca-central-1 | Canada (Central)
    ca-west-1 | Canada West (Calgary)
    eu-central-1 | Europe (Frankfurt)
    eu-central-2 | Europe (Zurich)
    eu-north-1 | Europe (Stockholm)
    eu-south-1 | Europe (Milan)
    eu-south-2 | Europe (Spain)
    eu-west-1 | Europe (Ireland)
    eu-west-2 | Europe (London)
    eu-west-3 | Europe (Paris)
    il-central-1 | Israel (Tel Aviv)
    me-central-1 | Middle East (UAE)
    me-south-1 | Middle East (Bahrain)
    me-west-1 | Middle East (Saudi Arabia)
    mx-central-1 | Mexico (Central)
    sa-east-1 | South America (São Paulo)
    sa-west-1 | South America (Chile)
    us-east-1 | US East (N. Virginia)
    us-east-2 | US East (Ohio)
    us-west-1 | US West (N. California)
    us-west-2 | US West (Oregon)`),
  'aws-cn': table(`
    cn-north-1 | China (Beijing)
    cn-northwest-1 | China (Ningxia)`),
  'aws-us-gov': table(`
    us-gov-east-1 | AWS GovCloud (US-East)
    us-gov-west-1 | AWS GovCloud (US-West)`),
  'aws-eusc': table(`
    eusc-de-east-1 | AWS European Sovereign Cloud (Germany)`),
};

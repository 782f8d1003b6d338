import type { Incident, Workload } from './history';
import {
  aliasOr,
  copied,
  dataKey,
  decrypt,
  encrypt,
  encryptedVolume,
  mac,
  named,
  regionKeys,
  s3Decrypt,
  s3Object,
  signing,
  symmetric,
  use,
} from './companyCalls';
import { companyFailures } from './companyFailures';
import { keysNamed, people } from './companyPeople';
import type { HistoryPlan } from './plan';
import type { Random } from './random';
import { adminMistakes, suspiciousNight, throttlingBursts, trailChanges } from './companyStories';
import { oldSessions, unusualUses } from './companyUnusual';

/** The company's daily life: some 25 calls an hour at home, fewer elsewhere. */
export function companyWorkloads(plan: HistoryPlan): Workload[] {
  const [home = '', second = home, third = home] = plan.regions;
  const at = (region: string) => (alias: string) => keysNamed(plan, region, alias);
  const here = at(home);
  const p = people;
  const customer = (random: Random) => ({ tenant: 'shop', record: `c-${random.hex(6)}` });
  const all: Workload[] = [
    use(home, p.payments, 'GenerateDataKey', here('payments'), 2.2, 'day', dataKey('payments')),
    use(home, p.payments, 'Decrypt', here('payments'), 4, 'day', decrypt('payments')),
    use(home, p.portal, 'Decrypt', here('customer-data'), 4.5, 'day', (key, random) => ({
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      encryptionContext: customer(random),
      keyId: key?.arn,
    })),
    use(home, p.portal, 'GenerateDataKey', here('customer-data'), 0.8, 'day', (key, random) => ({
      encryptionContext: customer(random),
      keySpec: 'AES_256',
      keyId: aliasOr(key),
    })),
    use(home, p.ledger, 'GenerateDataKey', here('ledger'), 0.6, 'night', dataKey('ledger')),
    use(home, p.ledger, 'Decrypt', here('ledger'), 0.9, 'night', decrypt('ledger')),
    use(
      home,
      p.backupVault,
      'GenerateDataKeyWithoutPlaintext',
      here('backups'),
      0.5,
      'night',
      dataKey('backups'),
    ),
    use(home, p.backupVault, 'Encrypt', here('backups'), 0.1, 'night', encrypt),
    use(home, p.pipelineS3, 'GenerateDataKey', here('data-lake'), 2, 'steady', s3Object),
    use(home, p.pipelineS3, 'Decrypt', here('data-lake'), 1.2, 'business', s3Decrypt),
    use(home, p.vault, 'GenerateMac', here('card-tokens'), 2.4, 'day', mac('HMAC_SHA_256')),
    use(home, p.vault, 'VerifyMac', here('card-tokens'), 1.2, 'day', mac('HMAC_SHA_256')),
    use(
      home,
      p.webhooks,
      'GenerateMac',
      here('webhook-signatures'),
      1.6,
      'day',
      mac('HMAC_SHA_512'),
    ),
    use(
      home,
      p.tokens,
      'Sign',
      here('token-signing-current'),
      1.5,
      'day',
      signing('ECDSA_SHA_256'),
    ),
    use(home, p.tokens, 'GetPublicKey', here('token-signing-current'), 0.05, 'day', named),
    use(
      home,
      p.releases,
      'Sign',
      here('release-signing'),
      0.08,
      'business',
      signing('RSASSA_PSS_SHA_256'),
    ),
    use(home, p.scaling, 'Decrypt', here('volumes'), 0.4, 'steady', encryptedVolume),
    {
      ...use(home, p.scaling, 'CreateGrant', here('volumes'), 0.12, 'day', (key) => ({
        keyId: key?.arn,
        operations: ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant'],
        granteePrincipal: 'ec2.eu-central-1.amazonaws.com',
        constraints: { encryptionContextSubset: { 'aws:ebs:id': 'vol-0c1d2e3f4a5b60718' } },
      })),
      readOnly: false,
      responseElements: (key, random) => ({ grantId: random.hex(64), keyId: key?.arn }),
    },
    use(home, p.posture, 'ListKeys', [], 0.08, 'morning', () => ({ limit: 1000 })),
    use(home, p.posture, 'ListAliases', [], 0.04, 'morning', () => ({ limit: 100 })),
    use(home, p.posture, 'DescribeKey', regionKeys(plan, home), 1.2, 'morning', named),
    use(home, p.posture, 'GetKeyRotationStatus', symmetric(plan, home), 0.9, 'morning', named),
    use(second, p.pipelineS3, 'Decrypt', at(second)('data-lake'), 1.6, 'business', s3Decrypt),
    use(second, p.backup, 'ReEncrypt', at(second)('dr-backups'), 0.25, 'night', copied),
    use(
      second,
      p.backupVault,
      'GenerateDataKey',
      at(second)('dr-backups'),
      0.4,
      'night',
      dataKey('dr'),
    ),
    use(second, p.posture, 'DescribeKey', regionKeys(plan, second), 0.3, 'morning', named),
    use(
      third,
      p.checkout,
      'GenerateDataKey',
      at(third)('checkout'),
      1.8,
      'steady',
      dataKey('checkout'),
    ),
    use(third, p.checkout, 'Decrypt', at(third)('checkout'), 2.6, 'steady', decrypt('checkout')),
    use(third, p.portal, 'Decrypt', at(third)('customer-data'), 1.2, 'day', decrypt('customer')),
    use(
      third,
      p.releases,
      'Sign',
      at(third)('cdn-links'),
      0.5,
      'steady',
      signing('RSASSA_PKCS1_V1_5_SHA_256'),
    ),
    use(third, p.posture, 'DescribeKey', regionKeys(plan, third), 0.3, 'morning', named),
    ...companyFailures(plan, home),
    oldSessions(plan, home),
  ];
  return all.filter(({ keys, name }) => keys.length > 0 || withoutKey.has(name));
}

/** Only these make sense without a key of the estate. */
const withoutKey = new Set(['ListKeys', 'ListAliases', 'GenerateDataKey']);

export function companyIncidents(plan: HistoryPlan): Incident[] {
  return [
    ...trailChanges(plan),
    ...throttlingBursts(plan),
    ...adminMistakes(plan),
    ...suspiciousNight(plan),
    ...unusualUses(plan),
  ]
    .map((incident) => ({ ...incident, at: Math.floor(incident.at / 1000) * 1000 }))
    .filter(({ at }) => at >= plan.from && at < plan.to);
}

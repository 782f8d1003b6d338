import type { Check } from '../../check';
import { databases } from './databases';
import { ebsByDefault } from './ebsByDefault';
import { ebsDefaultKey } from './ebsDefaultKey';
import { ebsSnapshots } from './ebsSnapshots';
import { ebsVolumes } from './ebsVolumes';
import { keysUsable } from './keysUsable';
import { logGroups } from './logGroups';
import { noStaticKeys } from './noStaticKeys';
import { ownKeys } from './ownKeys';
import { s3BucketKey } from './s3BucketKey';
import { s3DefaultKey } from './s3DefaultKey';
import { s3NotPublic } from './s3NotPublic';
import { secretsOwnKey } from './secretsOwnKey';
import { secretsRotate } from './secretsRotate';
import { tables } from './tables';

export const atRestChecks: readonly Check[] = [
  keysUsable,
  databases,
  s3NotPublic,
  noStaticKeys,
  ebsByDefault,
  ebsVolumes,
  ebsSnapshots,
  s3DefaultKey,
  ownKeys,
  secretsRotate,
  s3BucketKey,
  ebsDefaultKey,
  tables,
  secretsOwnKey,
  logGroups,
];

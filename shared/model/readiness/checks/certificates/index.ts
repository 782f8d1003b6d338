import type { Check } from '../../check';
import { acmKeySize } from './acmKeySize';
import { acmLast } from './acmLast';
import { complete } from './complete';
import { databaseCertificates } from './databaseCertificates';
import { hostname } from './hostname';
import { iamCertificates } from './iamCertificates';
import { keySize } from './keySize';
import { lasts14 } from './lasts14';
import { lasts30 } from './lasts30';
import { lasts7 } from './lasts7';
import { lifespan } from './lifespan';
import { notRevoked } from './notRevoked';
import { notSelfSigned } from './notSelfSigned';
import { signature } from './signature';
import { trusted } from './trusted';

export const certificateChecks: readonly Check[] = [
  lasts7,
  lasts14,
  lasts30,
  notRevoked,
  trusted,
  hostname,
  notSelfSigned,
  complete,
  keySize,
  signature,
  acmLast,
  databaseCertificates,
  iamCertificates,
  acmKeySize,
  lifespan,
];

import type { Check } from '../../check';
import { aead } from './aead';
import { declaredPolicy } from './declaredPolicy';
import { endpointsScanned } from './endpointsScanned';
import { forwardSecrecy } from './forwardSecrecy';
import { grade } from './grade';
import { hsts } from './hsts';
import { httpRedirect } from './httpRedirect';
import { mozillaProfile } from './mozillaProfile';
import { mutualTls } from './mutualTls';
import { noFallback } from './noFallback';
import { noHoles } from './noHoles';
import { ownPolicy } from './ownPolicy';
import { postQuantum } from './postQuantum';
import { s3TlsOnly } from './s3TlsOnly';
import { strongDh } from './strongDh';
import { tls13 } from './tls13';

export const inTransitChecks: readonly Check[] = [
  noHoles,
  noFallback,
  forwardSecrecy,
  strongDh,
  mutualTls,
  tls13,
  aead,
  grade,
  declaredPolicy,
  ownPolicy,
  httpRedirect,
  hsts,
  endpointsScanned,
  s3TlsOnly,
  mozillaProfile,
  postQuantum,
];

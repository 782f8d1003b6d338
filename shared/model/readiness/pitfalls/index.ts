import { certificates } from './certificates';
import { clientSide } from './clientSide';
import { escrow } from './escrow';
import { metadata } from './metadata';
import { overEncryption } from './overEncryption';
import type { Pitfall } from './pitfall';
import { staticKeys } from './staticKeys';
import { tls } from './tls';

/** All seven, in the order of the guide. */
export const pitfalls: readonly Pitfall[] = [
  staticKeys,
  metadata,
  tls,
  clientSide,
  escrow,
  overEncryption,
  certificates,
];

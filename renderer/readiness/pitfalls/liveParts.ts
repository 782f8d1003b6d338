import type { ComponentType } from 'react';
import type { PitfallId } from '../../../shared/model/readiness/pitfalls/pitfall';
import { SecretsPart } from './secrets/SecretsPart';

/** What a pitfall shows of this account and this machine, beside its checks. */
export const liveParts: Readonly<Partial<Record<PitfallId, ComponentType>>> = {
  'static-keys': SecretsPart,
};

import type { Keyring } from './keyring';
import type { KeyRecord } from './model';

/**
 * Tells CloudTrail that KMS copied what the Regions of a multi-Region key share: nothing where the key
 * has no replica. The primary alone is named (developer guide, ct-synchronize-multi-region-key).
 */
export function synchronized(ring: Keyring, key: KeyRecord, at: number): void {
  const copies = ring.related(key);
  const primary = copies.find(({ region, multiRegion }) => region === multiRegion?.primaryRegion);
  if (primary && copies.length > 1) {
    ring.happened({ name: 'SynchronizeMultiRegionKey', key: primary, at });
  }
}

import { createClient } from '../../shared/contract/client';
import { contract, type ClavigerClient } from '../../shared/contract';
import type { Transport } from '../../shared/contract/wire';

/** Makes the typed client of the whole contract over the bridge of the preload. */
export function createBridgeClient(bridge: Transport): ClavigerClient {
  return createClient(contract, bridge);
}

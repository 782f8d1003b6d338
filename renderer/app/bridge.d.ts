import type { Transport } from '../../shared/contract/wire';

declare global {
  interface Window {
    /** The preload's bridge: the two functions through which the window reaches main. */
    readonly claviger: Transport;
  }
}

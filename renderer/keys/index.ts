/** What the frame uses of the key screen. */
export { createKeysFeature, type KeysFeature } from './feature';
export { KeysScreen } from './KeysScreen';

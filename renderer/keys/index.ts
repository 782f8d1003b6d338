/** What the frame uses of the key screen. */
export { KeysScreen } from './KeysScreen';

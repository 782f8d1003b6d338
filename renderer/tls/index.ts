/** What the frame uses of the TLS screens. */
export { TlsScreen } from './TlsScreen';

export { EnvelopesScreen } from './EnvelopesScreen';

export { EnvelopesScreen } from './EnvelopesScreen';
export { EnvelopeFacts } from './EnvelopeFacts';
export { MeasureResults } from './MeasureResults';

export { DrillsScreen } from './DrillsScreen';

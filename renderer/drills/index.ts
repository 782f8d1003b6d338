export { DrillsScreen } from './DrillsScreen';
export { DueCount } from './DueCount';

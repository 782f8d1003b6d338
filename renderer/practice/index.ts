export { practiceCommands } from './practiceCommands';
export { PracticeScreen } from './PracticeScreen';

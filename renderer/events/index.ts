export { EventsScreen } from './EventsScreen';
export { eventViewCommands } from './views/savedViews';

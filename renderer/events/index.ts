export { keyEventsPlace } from './eventPlace';
export { EventsScreen } from './EventsScreen';
export { eventViewCommands } from './views/savedViews';
export { OpenAlerts } from './watch/OpenAlerts';

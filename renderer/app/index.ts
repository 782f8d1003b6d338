/** What screens use of the frame. */
export { useCommands, type Command } from './commands';
export { useApp, useClient, useHasPractice, useScope, useSession, useSettings } from './context';
export { useQuery } from './location';
export { useScreen } from './screen';

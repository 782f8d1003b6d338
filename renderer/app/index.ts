/** What screens use of the frame. */
export { useCommands, type Command } from './commands';
export { useApp, useClient, useHasPractice, useScope, useSession, useSettings } from './context';
export { navigate, parseHash, usePlace, useQuery } from './location';
export { useScreen, type ScreenInfo } from './screen';

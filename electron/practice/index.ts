export { practiceAccountId } from './account/account';
export { defaultRegions, startPractice } from './start';
export { startPracticeWorker } from './startWorker';
export type { Practice, PracticeOptions } from './types';

export { startPractice } from './start';
export { startPracticeWorker } from './startWorker';
export type { Practice, PracticeOptions } from './types';

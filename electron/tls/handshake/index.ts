export { handshakeBest, plansFor, type Plan } from './best';
export { describeFailure, type Failure } from './failure';
export { handshake } from './handshake';
export type * from './types';

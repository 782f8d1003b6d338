export { ReadinessScreen } from './ReadinessScreen';

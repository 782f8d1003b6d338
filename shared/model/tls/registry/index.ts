export { alertName } from './alerts';
export { groupName, groups } from './groups';
export { schemeName, signatureSchemes } from './signatureSchemes';
export { ssl2Kinds, suiteId, suiteInfo, suiteName, suites } from './suites';
export { type SuiteInfo } from './suiteAttributes';

export { AccountsScreen } from './AccountsScreen';
export { ScopeButton } from './ScopeButton';

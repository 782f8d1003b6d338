export { iamPolicyText as policySnippet, inventoryPermissions } from '../../shared/model/iamPolicy';

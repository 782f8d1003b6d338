/** The Regions of the company seed. */
export const defaultRegions = ['eu-central-1', 'eu-west-1', 'us-east-1'];

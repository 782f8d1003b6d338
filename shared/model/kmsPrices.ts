/**
 * What KMS takes, in US dollars. AWS's own page is the source; it is dated because prices change, and
 * nothing here asks the network for newer ones.
 */
export const kmsPrices = {
  asOf: '2026-11',
  source: 'https://aws.amazon.com/kms/pricing/',
  regionNote:
    'These are the prices of the commercial Regions. China (Beijing, Ningxia) bills in renminbi, and AWS GovCloud (US) has a page of its own.',
  /** A customer managed key of any kind, in one Region: primary and replica count each. */
  dollarsPerKeyMonth: 1,
  /** Added for each of the first two rotations; later ones add nothing. */
  dollarsPerRotationMonth: 1,
  chargedRotations: 2,
  /** Requests with symmetric keys. */
  dollarsPer10000: 0.03,
  /** Free in each month for the whole account: left out of estimates, as others use them up. */
  freeRequestsPerMonth: 20_000,
} as const;

/** How long it takes to decrypt so many data keys at a share of a request quota. */
export function massRestoreSeconds(
  dataKeys: number,
  perSecond: number,
  quotaPercent: number,
): number {
  return dataKeys / ((perSecond * quotaPercent) / 100);
}

/** A share in percent, with as many digits as it deserves. */
export function percentWords(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (value < 0.1) return 'under 0.1 %';
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

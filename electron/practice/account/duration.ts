const form =
  /^(-)?P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/**
 * Adds an ISO 8601 duration (`P90D`, `P1Y6M`, `PT30M`, `-P1D`) to a time in milliseconds; years and
 * months are the calendar's, in UTC. Undefined where the text is no such duration or the sum no date.
 */
export function addDuration(from: number, duration: string): number | undefined {
  const match = form.exec(duration);
  if (!match) return undefined;
  const sign = match[1] ? -1 : 1;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((digits) => sign * Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(from);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months);
  const sum =
    date.getTime() + ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return Number.isNaN(new Date(sum).getTime()) ? undefined : sum;
}

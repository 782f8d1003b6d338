import type { MeasureResult, WayId, WayResult } from '../../shared/model/envelope/measure';

/** What was measured: what it means, and each way beside the others. */
export function MeasureResults({ result }: { result: MeasureResult }) {
  const measured = result.ways.filter(({ notMeasured }) => notMeasured === undefined);
  const slowest = Math.max(0.001, ...measured.map(({ p95Ms }) => p95Ms));
  return (
    <div className="max-w-180 space-y-5">
      <ul className="space-y-1.5">
        {result.advice.map((sentence) => (
          <li key={sentence} className="text-sm">
            {sentence}
          </li>
        ))}
      </ul>
      {result.ways.map((way) => (
        <Way key={way.way} way={way} slowest={slowest} />
      ))}
      <p className="text-xs text-ink-3">
        Quota: {result.quotaPerSecond.toLocaleString('en')} symmetric requests a second in{' '}
        {result.region}, AWS’s default, shared by the whole account. Price: $
        {result.price.dollarsPer10000} for 10,000 requests, as of {result.price.asOf}. Latency
        includes the way to AWS and this machine’s own work.
      </p>
    </div>
  );
}

function Way({ way, slowest }: { way: WayResult; slowest: number }) {
  const { title, how } = wayWords[way.way];
  return (
    <section aria-label={title} className="@container rounded-md border bg-surface px-4 py-3">
      <h2 className="text-sm font-semibold">{title}</h2>
      <p className="text-xs text-ink-3">{how}</p>
      {way.notMeasured === undefined ? (
        <>
          <svg
            role="img"
            aria-label={`Median ${ms(way.medianMs)}, 95 of 100 within ${ms(way.p95Ms)}`}
            viewBox="0 0 100 6"
            preserveAspectRatio="none"
            className="mt-2 block h-3 w-full"
          >
            <rect width="100" height="6" rx="0" className="fill-pressed" />
            <rect width={share(way.p95Ms, slowest)} height="6" className="fill-accent/45" />
            <rect width={share(way.medianMs, slowest)} height="6" className="fill-accent" />
          </svg>
          <dl className="mt-2 grid grid-cols-3 @xl:grid-cols-6 gap-x-4 gap-y-2">
            <Figure label="Median" value={ms(way.medianMs)} />
            <Figure label="95 of 100 within" value={ms(way.p95Ms)} />
            <Figure label="99 of 100 within" value={ms(way.p99Ms)} />
            <Figure label="KMS requests a second" value={round(way.callsPerSecond)} />
            <Figure label="Share of the quota" value={`${round(way.quotaPercent)} %`} />
            <Figure label="Per million records" value={`$${way.dollarsPerMillion.toFixed(2)}`} />
          </dl>
        </>
      ) : (
        <p className="mt-2 text-sm text-ink-2">{way.notMeasured}</p>
      )}
    </section>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="text-sm font-semibold tabular-nums">{value}</dd>
    </div>
  );
}

/** Percent of the longest bar; a hair where it would not be seen. */
function share(value: number, most: number): number {
  return Math.max(0.5, (value / most) * 100);
}

function ms(value: number): string {
  return value < 10 ? `${value.toFixed(2)} ms` : `${Math.round(value).toLocaleString('en')} ms`;
}

function round(value: number): string {
  if (value === 0) return '0';
  return value < 10 ? String(Number(value.toPrecision(2))) : Math.round(value).toLocaleString('en');
}

const wayWords: Readonly<Record<WayId, { title: string; how: string }>> = {
  direct: { title: 'KMS encrypts each record', how: 'One Encrypt a record, 4 KiB at most' },
  envelope: { title: 'An envelope for each record', how: 'One GenerateDataKey a record' },
  cached: {
    title: 'Envelopes under a cached data key',
    how: 'One GenerateDataKey for many records',
  },
};

import { ArrowRight } from 'lucide-react';
import { useClient } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { MeasureResults } from '../../envelope';
import { Button, ErrorPanel, Loading, Part, Time } from '../../ui';

/** What encrypting each record costs, as it was measured last. */
export function MeasurePart() {
  const { envelope } = useClient();
  const { value, error, retry } = useAnswer((signal) =>
    envelope.lastMeasure(undefined, { signal }),
  );
  return (
    <Part title="What a record costs">
      {error && <ErrorPanel compact error={error} onRetry={retry} />}
      {value === undefined && !error && <Loading label="Reading the last measurement" rows={3} />}
      {value === null && <p className="text-sm">Not measured.</p>}
      {value && (
        <>
          <p className="mb-3 text-xs text-ink-3">
            Measured in {value.region}, <Time iso={value.at} precision="minute" bare />
          </p>
          <MeasureResults result={value} />
        </>
      )}
      <Button
        className="mt-3"
        icon={ArrowRight}
        onClick={() => navigate('/envelopes?view=measure')}
      >
        {value ? 'Measure again' : 'Measure'}
      </Button>
    </Part>
  );
}

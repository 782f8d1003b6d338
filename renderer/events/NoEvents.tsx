import { History } from 'lucide-react';
import { Button, EmptyState } from '../ui';

/** What stands in place of the events while none is stored. */
export function NoEvents({
  importing,
  onLookup,
  onBucket,
}: {
  importing: boolean;
  onLookup: () => void;
  onBucket: () => void;
}) {
  return (
    <EmptyState
      icon={History}
      title="No events yet"
      actions={
        <>
          <Button variant="primary" disabled={importing} onClick={onLookup}>
            Ask the event history
          </Button>
          <Button onClick={onBucket}>Import a trail’s bucket</Button>
        </>
      }
    >
      CloudTrail’s event history has the last 90 days of every account, and answers two requests a
      second: a first pass takes some minutes a Region. A trail’s bucket has all of it. Log files
      can be dropped on this window.
    </EmptyState>
  );
}

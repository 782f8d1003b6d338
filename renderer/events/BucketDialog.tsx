import { useState } from 'react';
import { useStore } from 'zustand';
import { chosenConnections } from '../accounts/store';
import { useApp } from '../app';
import { useAnswer } from '../app/useAnswer';
import { Button, Dialog, Select, TextField } from '../ui';
import type { BucketPlace } from './takeIn';

/** Asks for a trail's bucket: by which account, and where. */
export function BucketDialog({
  title,
  action,
  onClose,
  onChoose,
}: {
  title: string;
  action: string;
  onClose: () => void;
  onChoose: (place: BucketPlace) => void;
}) {
  const connections = useStore(useApp().accounts, (state) => state.connections);
  const places = chosenConnections({ connections }).flatMap(({ id, name, regions }) =>
    regions.map((region) => ({ value: `${region} ${id}`, label: `${name}, ${region}` })),
  );
  const [place, setPlace] = useState(places[0]?.value ?? '');
  const [written, setUri] = useState<string>();
  const [region = '', ...rest] = place.split(' ');
  const connection = rest.join(' ');
  // Where the trails may not be listed, the bucket is written by hand.
  const { client } = useApp();
  const { value: trails = [] } = useAnswer(
    (signal) =>
      connection === ''
        ? Promise.resolve([])
        : client.events.trailBuckets({ connection, region }, { signal }),
    place,
  );
  const uri = written ?? trails[0]?.uri ?? 's3://';
  const valid = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(uri) && connection !== '';
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description="The trail’s bucket, with its prefix if it has one. s3:ListBucket and s3:GetObject are needed."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={!valid}
            onClick={() => onChoose({ connection, region, uri })}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {trails.length > 1 && (
          <Select
            label="Trail"
            value={uri}
            options={[
              ...trails.map((trail) => ({ value: trail.uri, label: `Trail ${trail.name}` })),
              ...(trails.some((trail) => trail.uri === uri)
                ? []
                : [{ value: uri, label: 'Another bucket' }]),
            ]}
            onChange={setUri}
            className="w-full"
          />
        )}
        <TextField label="Bucket" value={uri} onChange={setUri} placeholder="s3://bucket/prefix" />
        <div>
          <span className="mb-1 block text-xs text-ink-2">Account and the bucket’s Region</span>
          <Select label="Account and Region" value={place} options={places} onChange={setPlace} />
        </div>
      </div>
    </Dialog>
  );
}

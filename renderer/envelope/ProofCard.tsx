import type { Proof } from '../../shared/model/envelope/jobs';
import { Badge, Identifier, KeyValue, Time } from '../ui';

const materialWords: Readonly<Record<Proof['material'], string>> = {
  current: 'The key’s present material',
  earlier: 'Material from before a rotation',
  'cannot-tell': 'Cannot tell whether it is the present one',
};

/** What the opening of an envelope proved. */
export function ProofCard({ proof }: { proof: Proof }) {
  const { key, equal, material, sentence } = proof;
  const good = equal !== false;
  return (
    <div className="rounded-md border border-line px-3 py-2">
      <div className="mb-2 flex flex-wrap gap-1.5">
        <Badge tone={good ? 'pass' : 'fail'}>{good ? 'It opens' : 'Another content'}</Badge>
        <Badge tone={material === 'cannot-tell' ? 'unsure' : 'info'}>
          {materialWords[material]}
        </Badge>
        {equal === true && <Badge tone="pass">Hash is equal</Badge>}
      </div>
      <p className="mb-2 text-sm">{sentence}</p>
      <KeyValue
        rows={[
          {
            label: 'SHA-256',
            value: <Identifier value={proof.plaintextSha256} label="SHA-256" max={40} />,
          },
          { label: 'Key', value: <Identifier value={key.keyArn} label="Key ARN" max={40} /> },
          ...(key.keyMaterialId === undefined
            ? []
            : [
                {
                  label: 'Key material',
                  value: <Identifier value={key.keyMaterialId} label="Key material id" max={40} />,
                },
              ]),
          { label: 'When', value: <Time iso={key.at} precision="second" zone /> },
          ...(key.requestId === undefined
            ? []
            : [
                {
                  label: 'Request',
                  value: <Identifier value={key.requestId} label="Request id" max={40} />,
                },
              ]),
        ]}
      />
    </div>
  );
}

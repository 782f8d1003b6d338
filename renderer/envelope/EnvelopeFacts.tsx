import type { EnvelopeInfo, SealedUnder } from '../../shared/model/envelope/jobs';
import { Identifier, KeyValue, Part, Time, type KeyValueRow } from '../ui';
import { formatBytes } from './words';

/** What an envelope says of itself, in clear text, to whoever has it. */
export function EnvelopeFacts({ info }: { info: EnvelopeInfo }) {
  return (
    <>
      <Part title="Envelope">
        <KeyValue rows={factsOf(info)} />
        {info.remarks.map((remark) => (
          <p key={remark} className="mt-2 text-xs text-ink-2">
            {remark}
          </p>
        ))}
      </Part>
      {info.keys.map((key, index) => (
        <Part
          // oxlint-disable-next-line react/no-array-index-key -- the same key may seal it twice
          key={index}
          title={
            info.keys.length > 1
              ? `Sealed under, ${index + 1} of ${info.keys.length}`
              : 'Sealed under'
          }
        >
          <KeyValue rows={keyFacts(key)} />
        </Part>
      ))}
      <Part title="Encryption context">
        <Context info={info} />
      </Part>
    </>
  );
}

function Context({ info: { context } }: { info: EnvelopeInfo }) {
  if (context === undefined) {
    return (
      <p className="text-sm text-ink-2">
        The envelope does not carry it: whoever opens it must know whether there is one.
      </p>
    );
  }
  const pairs = Object.entries(context);
  if (pairs.length === 0) return <p className="text-sm text-ink-2">None.</p>;
  return <KeyValue rows={pairs.map(([label, value]) => ({ label, value }))} />;
}

function factsOf(info: EnvelopeInfo): KeyValueRow[] {
  return [
    { label: 'Size', value: sizeWords(info) },
    { label: 'Algorithm', value: info.algorithm },
    { label: 'Key commitment', value: info.committed ? 'yes' : 'no' },
    { label: 'Signature', value: info.signed ? 'yes' : 'no' },
    ...(info.frameBytes === undefined
      ? []
      : [{ label: 'Frames', value: formatBytes(info.frameBytes) }]),
    ...(info.created === undefined
      ? []
      : [{ label: 'Created', value: <Time iso={info.created} precision="second" zone /> }]),
  ];
}

function sizeWords({ bytes, plaintextBytes }: EnvelopeInfo): string {
  if (plaintextBytes === undefined) return formatBytes(bytes);
  return `${formatBytes(bytes)}, content ${formatBytes(plaintextBytes)}`;
}

function keyFacts(key: SealedUnder): KeyValueRow[] {
  const id = (label: string, value: string | undefined): KeyValueRow[] =>
    value === undefined
      ? []
      : [{ label, value: <Identifier value={value} label={label} max={44} /> }];
  return [
    ...(key.provider === 'aws-kms' ? [] : [{ label: 'Provider', value: key.provider }]),
    ...(key.keyArn === undefined
      ? [{ label: 'Key', value: 'It does not say: KMS finds it by the data key.' }]
      : id('Key', key.keyArn)),
    ...(key.account === undefined ? [] : [{ label: 'Account', value: key.account }]),
    ...(key.region === undefined
      ? []
      : [{ label: 'Region', value: key.multiRegion ? `${key.region}, and replicas` : key.region }]),
    ...id('Key material', key.keyMaterialId),
  ];
}

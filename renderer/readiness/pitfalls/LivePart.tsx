import type { PitfallId } from '../../../shared/model/readiness/pitfalls/pitfall';
import { FactsPart } from './FactsPart';
import { MeasurePart } from './MeasurePart';
import { MetadataPart } from './MetadataPart';
import { SecretsPart } from './secrets/SecretsPart';

/** What a pitfall shows of these accounts and this machine, beside its checks. */
export function LivePart({ id }: { id: PitfallId }) {
  switch (id) {
    case 'static-keys':
      return <SecretsPart />;
    case 'metadata':
      return <MetadataPart />;
    case 'over-encryption':
      return <MeasurePart />;
    case 'tls':
      return <FactsPart id={id} title="Grades" />;
    case 'client-side':
      return <FactsPart id={id} title="What the server side enforces" />;
    case 'escrow':
      return <FactsPart id={id} title="The way back" />;
    case 'certificates':
      return <FactsPart id={id} title="How long certificates last" />;
    default:
      return id satisfies never;
  }
}

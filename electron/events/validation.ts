import type { FeatureHandlers } from '../../shared/contract/define';
import type { events as eventsContract } from '../../shared/contract/events';
import type { DigestReport } from '../../shared/model/events/digestReport';
import { AppError } from '../../shared/model/errors';
import type { AwsGateway, Connections } from '../aws/types';
import type { EvidenceIndex } from './digest/evidence/evidenceIndex';
import type { TrailFiles } from './digest/trailFiles';
import type { ProofOptions } from './digest/thread/validateInThread';
import type { DigestRefusal } from '../../shared/model/readiness/digestProof';
import { rangeOf, trailBucket } from './place';
import { refusalOf } from './refusalOf';

type Handlers = Pick<
  FeatureHandlers<typeof eventsContract>,
  'validateBucket' | 'validateFolder' | 'exportEvidence'
>;

/** A validation of a bucket: its report, or why there is none. */
export type Validated =
  | { readonly connection: string; readonly report: DigestReport }
  | { readonly refusal: DigestRefusal };

export interface ValidationOptions {
  readonly gateway: AwsGateway;
  readonly connections: Connections;
  readonly now: () => Date;
  readonly saveFile: (file: {
    suggestedName: string;
    content: AsyncIterable<Uint8Array>;
  }) => Promise<string | null>;
  /** Told of every validation of a bucket, also of one that came to nothing. */
  readonly onValidated: (validated: Validated) => void;
  readonly pickPaths: (what: 'files' | 'folder') => Promise<string[]>;
}

/** Proves log files by digests; what the last validation rested on is kept until its evidence is asked for. */
export function createValidation(options: ValidationOptions): Handlers {
  const { gateway, connections, now, saveFile, pickPaths, onValidated } = options;
  let last: { report: DigestReport; index: EvidenceIndex; files: TrailFiles } | undefined;

  async function validate(given: ProofOptions): Promise<DigestReport> {
    const { validateInThread } = await import('./digest/thread/validateInThread');
    const { report, evidence } = await validateInThread(given);
    last = { report, index: evidence, files: given.files };
    return report;
  }

  return {
    async validateBucket(place, { signal, progress }) {
      const [{ listPublicKeys }, bucket] = await Promise.all([
        import('./digest/listPublicKeys'),
        trailBucket(gateway, place),
      ]);
      const at = await connections.now(place.connection);
      const { connection } = place;
      try {
        const report = await validate({
          files: bucket.files,
          range: rangeOf(place),
          publicKeys: (region, range) => listPublicKeys(gateway, { connection, region }, range),
          now: () => at,
          signal,
          progress: (done, expected) => progress({ done, expected }),
        });
        onValidated({ connection, report });
        return report;
      } catch (error) {
        if (error instanceof AppError && error.code !== 'cancelled') {
          const { where } = bucket.files;
          onValidated({ refusal: refusalOf(error, { connection, where, at }) });
        }
        throw error;
      }
    },
    async validateFolder(_input, { signal, progress }) {
      const [folder] = await pickPaths('folder');
      if (folder === undefined) return null;
      const [{ folderFiles }, { readPublicKeys }] = await Promise.all([
        import('./digest/folder'),
        import('./digest/publicKeys'),
      ]);
      const keys = await readPublicKeys(await pickPaths('files'));
      return validate({
        files: folderFiles(folder),
        folder,
        range: {},
        publicKeys: () => Promise.resolve(keys),
        now,
        signal,
        progress: (done, expected) => progress({ done, expected }),
      });
    },
    async exportEvidence({ asOf }, { signal }) {
      if (last?.report.asOf !== asOf) {
        throw new AppError(
          'not-found',
          'This report is no longer at hand. Validate again, then export the evidence.',
        );
      }
      const [{ evidenceZip }, { hashed }] = await Promise.all([
        import('./digest/evidence/evidenceZip'),
        import('../files/hashed'),
      ]);
      const { content, sha256 } = hashed(evidenceZip({ ...last, signal }));
      const day = asOf.slice(0, 10);
      const file = await saveFile({ suggestedName: `trail-evidence-${day}.zip`, content });
      if (file === null) return null;
      return { file, sha256: sha256(), digests: last.index.digests.length };
    },
  };
}

import type { FeatureHandlers } from '../../../shared/contract/define';
import type { tls as tlsContract } from '../../../shared/contract/tls';
import type { Endpoints } from '../fleet/endpoints';
import type { Scans } from '../fleet/scans';
import type { TlsOptions } from '../index';
import { csvOf, type ExportedResult } from './csv';
import { jsonOf } from './json';
import { sarifOf } from './sarif';

type ExportParts = Pick<TlsOptions, 'now' | 'version' | 'saveFile'> & {
  readonly endpoints: Endpoints;
  readonly scans: Scans;
};

/** Answers `tls.exportResults`: the last scans of the named endpoints, or of all. */
export function createExport({
  endpoints,
  scans,
  now,
  version,
  saveFile,
}: ExportParts): FeatureHandlers<typeof tlsContract>['exportResults'] {
  return async ({ format, ids }) => {
    const writtenAt = now().toISOString();
    let count = 0;
    /** One by one: a fleet's results are more than the memory should hold. */
    function* exported(): Generator<ExportedResult> {
      for (const { seq, endpoint } of ids ? endpoints.some(ids) : endpoints.all()) {
        for (const result of scans.lastResults(seq)) {
          count += 1;
          yield { result, endpoint };
        }
      }
    }
    function* results() {
      for (const { result } of exported()) yield result;
    }
    const file = await saveFile({
      suggestedName: `tls-scans-${writtenAt.slice(0, 10)}.${format}`,
      content: {
        async *[Symbol.asyncIterator]() {
          count = 0;
          if (format === 'json') yield* jsonOf(results(), writtenAt);
          else if (format === 'csv') yield* csvOf(exported());
          else yield sarifOf(results(), { version, complete: true });
        },
      },
    });
    return file === null ? null : { file, results: count };
  };
}

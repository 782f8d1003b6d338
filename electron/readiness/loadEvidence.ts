import type { ReadinessEvidence } from '../../shared/model/readiness/sources';
import type { Source } from './sources/source';
import type { SourceStore } from './store/sources';

/** What is stored of every source, for who looks at it without a judgement. */
export async function loadEvidence(
  sources: readonly Source[],
  sourceStore: SourceStore,
): Promise<ReadinessEvidence> {
  const loaded = await Promise.all(
    sources.map(async ({ id, load }) => [id, (await load())?.evidence] as const),
  );
  const problems = sourceStore.all().map(({ source, problem }) => [source, problem] as const);
  return { ...Object.fromEntries(loaded), problems: Object.fromEntries(problems) };
}

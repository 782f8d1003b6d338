import type { ClavigerClient } from '../shared/contract/index';
import type { SourceId } from '../shared/model/readiness/sources';
import type { ReadinessState } from '../shared/model/readiness/state';
import type { CommandContext } from './command';

/** Reads sources for a command and judges what rests on them; tells on stderr what is being read. */
export function readAnew(
  client: ClavigerClient,
  sources: SourceId[],
  { signal, stderr }: Pick<CommandContext, 'signal' | 'stderr'>,
): Promise<ReadinessState> {
  let told = '';
  return client.readiness.run(
    { sources },
    {
      signal,
      onProgress({ what }) {
        if (what !== told) stderr(`${what}\n`);
        told = what;
      },
    },
  );
}

import { accountFacts } from '../../shared/model/adviser/account/index';
import { adviserDraftSchema, emptyDraft } from '../../shared/model/adviser/draft';
import type { ReadinessEvidence } from '../../shared/model/readiness/sources';
import type { adviser as adviserContract } from '../../shared/contract/adviser';
import type { FeatureHandlers } from '../../shared/contract/define';
import type { Connections } from '../aws/types';
import type { ValueStore } from '../settings/index';

export interface AdviserOptions {
  readonly values: ValueStore;
  readonly connections: Pick<Connections, 'chosen'>;
  /** What was read for the checklist. */
  readonly evidence: () => Promise<ReadinessEvidence>;
}

const draftName = 'adviser.draft';

/** The adviser: what accounts have for a scenario, and what the operator has answered. */
export function createAdviser({ values, connections, evidence }: AdviserOptions): {
  readonly handlers: FeatureHandlers<typeof adviserContract>;
} {
  return {
    handlers: {
      async account() {
        const chosen = await connections.chosen();
        return {
          facts: accountFacts(await evidence()),
          regions: [...new Set(chosen.flatMap(({ regions }) => regions))].toSorted(),
        };
      },
      draft: () => adviserDraftSchema.safeParse(values.readValue(draftName)).data ?? emptyDraft,
      keepDraft(draft) {
        values.writeValue(draftName, draft);
        return undefined;
      },
    },
  };
}

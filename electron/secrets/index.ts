import type { FeatureHandlers } from '../../shared/contract/define';
import type { secrets as secretsContract } from '../../shared/contract/secrets';
import { secretScanSchema } from '../../shared/model/secrets';
import { scanForSecrets } from './scan';

export interface SecretsOptions {
  readonly values: {
    readValue(name: string): unknown;
    writeValue(name: string, value: unknown): void;
  };
  readonly now: () => Date;
  readonly pickPaths: (what: 'files' | 'folder') => Promise<string[]>;
}

const lastName = 'secrets.last';

/** Secrets in files: where they are, never what they are. */
export function createSecrets({ values, now, pickPaths }: SecretsOptions): {
  readonly handlers: FeatureHandlers<typeof secretsContract>;
} {
  return {
    handlers: {
      async scan(options, { signal, progress }) {
        const paths = await pickPaths('folder');
        if (paths.length === 0) return null;
        const job = { paths, options, at: now().toISOString() };
        const result = await scanForSecrets(job, { signal, progress });
        values.writeValue(lastName, result);
        return result;
      },
      last: () => secretScanSchema.safeParse(values.readValue(lastName)).data ?? null,
    },
  };
}

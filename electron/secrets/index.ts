import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FeatureHandlers } from '../../shared/contract/define';
import type { secrets as secretsContract } from '../../shared/contract/secrets';
import { AppError } from '../../shared/model/errors';
import {
  liesIn,
  secretScanSchema,
  type FoundSecret,
  type SecretScan,
  type SecretScanOptions,
} from '../../shared/model/secrets';
import type { ValueStore } from '../settings/index';
import { ignoredSchema, type Ignored } from './ignored';
import { openPlaces } from './places';
import type { SecretHooks } from './scanFiles';
import { declareFinding, scanForSecrets } from './thread';

export interface SecretsOptions {
  readonly values: ValueStore;
  readonly now: () => Date;
  /** The operator: user name of the operating system. */
  readonly operator: string;
  readonly pickPaths: (what: 'files' | 'folder') => Promise<string[]>;
}

export interface Secrets {
  readonly handlers: FeatureHandlers<typeof secretsContract>;
  /** Undefined where there was none. */
  last(): SecretScan | undefined;
  /** The last scan once more; nothing where there was none. Throws AppError `cancelled`. */
  rescan(hooks: SecretHooks): Promise<void>;
}

const lastName = 'secrets.last';
const ignoredName = 'secrets.ignored';

/** Secrets in files: where they are, never what they are. */
export function createSecrets({ values, now, operator, pickPaths }: SecretsOptions): Secrets {
  const places = openPlaces();

  const last = () => secretScanSchema.safeParse(values.readValue(lastName)).data;
  const ignored = () => z.array(ignoredSchema).safeParse(values.readValue(ignoredName)).data ?? [];

  function keep(scan: SecretScan): SecretScan {
    values.writeValue(lastName, scan);
    return scan;
  }

  async function scan(paths: readonly string[], options: SecretScanOptions, hooks: SecretHooks) {
    const at = now().toISOString();
    return keep(await scanForSecrets({ paths, options, ignored: ignored(), at }, hooks));
  }

  function lastOrThrow(): SecretScan {
    const found = last();
    if (!found) throw new AppError('not-found', 'There is no scan. Scan first.');
    return found;
  }

  return {
    last,
    async rescan(hooks) {
      const before = last();
      if (before)
        await scan(
          before.places.map(({ path }) => path),
          before,
          hooks,
        );
    },
    handlers: {
      last() {
        const found = last();
        return {
          scan: found ?? null,
          places: places.add(found?.places.map(({ path }) => path) ?? []),
        };
      },
      pick: async ({ what }) => places.add(await pickPaths(what)),
      add: (_input, { files = [] }) => places.add(files),
      scan: ({ places: ids, ignore, gitignore }, { signal, progress }) =>
        scan(
          ids.map((id) => places.pathOf(id)),
          { ignore, gitignore },
          { signal, progress },
        ),
      async ignore({ file, line, kind, mark, reason }, { signal }) {
        const before = lastOrThrow();
        const inLine = before.found.filter(
          (one) => one.file === file && one.line === line && one.kind === kind,
        );
        const place = inLine.findIndex((one) => one.mark === mark && !one.ignored);
        const finding = inLine[place];
        if (!finding) {
          throw new AppError('not-found', 'The last scan has no such finding that counts.');
        }
        const known = await declareFinding(finding, place, signal);
        if (last()?.scannedAt !== before.scannedAt) {
          throw new AppError('conflict', 'There is a newer scan. Look at the finding there.');
        }
        const declared = { id: randomUUID(), reason, at: now().toISOString(), by: operator };
        const stored: Ignored = { ...declared, file, kind, ...known };
        values.writeValue(ignoredName, [...ignored(), stored]);
        return keep(
          recounted(before, (one) =>
            one.file === file && one.kind === kind && one.mark === mark
              ? { ...one, ignored: declared }
              : one,
          ),
        );
      },
      stopIgnoring({ id }) {
        const before = lastOrThrow();
        const all = ignored();
        if (!all.some((one) => one.id === id)) {
          throw new AppError('not-found', 'This finding counts already.');
        }
        values.writeValue(
          ignoredName,
          all.filter((one) => one.id !== id),
        );
        return keep(
          recounted(before, ({ ignored: by, ...one }) =>
            by && by.id !== id ? { ...one, ignored: by } : one,
          ),
        );
      },
    },
  };
}

/** A scan of which some findings count otherwise; findings beyond those that are kept stay as they were. */
function recounted(scan: SecretScan, change: (finding: FoundSecret) => FoundSecret): SecretScan {
  const found = scan.found.map(change);
  const places = scan.places.map((place) => {
    const moved = found.filter(
      ({ file, ignored }, at) =>
        liesIn(file, place.path) &&
        (ignored === undefined) !== (scan.found[at]?.ignored === undefined),
    );
    const more = moved.filter(({ ignored }) => ignored !== undefined).length * 2 - moved.length;
    return { ...place, found: place.found - more, ignored: place.ignored + more };
  });
  return { ...scan, found, places };
}

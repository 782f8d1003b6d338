import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/model/errors';
import type { SecretPlace } from '../../shared/model/secrets';

/** Files and folders that the operator gave, by ids: a page names no path. */
export interface Places {
  /** The same path has the same id. */
  add(paths: readonly string[]): SecretPlace[];
  /** Throws AppError `not-found`. */
  pathOf(id: string): string;
}

export function openPlaces(): Places {
  const byPath = new Map<string, SecretPlace>();
  return {
    add: (paths) =>
      paths.map((path) => {
        const place = byPath.get(path) ?? { id: randomUUID(), path };
        byPath.set(path, place);
        return place;
      }),
    pathOf(id) {
      for (const place of byPath.values()) if (place.id === id) return place.path;
      throw new AppError('not-found', 'This folder is not known any more. Add it again.');
    },
  };
}

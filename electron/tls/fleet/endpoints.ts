import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { AppError } from '../../../shared/model/errors';
import { endpointSchema, type Endpoint, type EndpointEdit } from '../../../shared/model/tls/fleet';
import type { Store } from '../../store/types';
import { parseJson } from './json';
import { parseHost } from './target';

/** A stored endpoint and its number in the database, by which its scans name it. */
export interface StoredEndpoint {
  readonly seq: number;
  readonly endpoint: Endpoint;
}

/** The configured endpoints, in the database. Each host, port and name to send is there once. */
export interface Endpoints {
  all(): StoredEndpoint[];
  /** Those of the ids that are there. */
  some(ids: readonly string[]): StoredEndpoint[];
  find(id: string): StoredEndpoint | undefined;
  /** Whether one of the same host, port and name to send is there. */
  has(edit: EndpointEdit): boolean;
  /** Adds, or changes the one with the id. Throws AppError `bad-request`, `conflict`, `not-found`. */
  save(edit: EndpointEdit): Endpoint;
  /** Adds those that are not there yet, all or none; gives how many. Throws `bad-request`. */
  add(edits: readonly EndpointEdit[]): number;
  remove(ids: readonly string[]): number;
}

export function openEndpoints(store: Store, now: () => Date): Endpoints {
  const { db } = store;
  const selectAll = db.prepare('SELECT seq, body FROM tls_endpoint ORDER BY seq');
  const selectOne = db.prepare('SELECT seq, body FROM tls_endpoint WHERE id = ?');
  const selectTarget = db.prepare('SELECT id FROM tls_endpoint WHERE target = ?');
  const insert = db.prepare('INSERT INTO tls_endpoint (id, target, body) VALUES (?, ?, ?)');
  const update = db.prepare('UPDATE tls_endpoint SET target = ?, body = ? WHERE id = ?');
  const removeOne = db.prepare('DELETE FROM tls_endpoint WHERE id = ?');

  function find(id: string): StoredEndpoint | undefined {
    const found = selectOne.get(id);
    return found && read(found);
  }

  function insertNew(edit: EndpointEdit): Endpoint {
    const endpoint = { ...edit, id: randomUUID(), createdAt: now().toISOString() };
    insert.run(endpoint.id, targetOf(endpoint), JSON.stringify(endpoint));
    return endpoint;
  }

  function idOf(edit: EndpointEdit): string | undefined {
    return selectTarget.get(targetOf(edit))?.['id'] as string | undefined;
  }

  return {
    all: () => selectAll.all().flatMap((row) => read(row) ?? []),
    some: (ids) => ids.flatMap((id) => find(id) ?? []),
    find,
    has: (edit) => idOf(edit) !== undefined,
    save: (given) =>
      store.transaction(() => {
        const edit = normalised(given);
        const holder = idOf(edit);
        if (holder !== undefined && holder !== edit.id) {
          throw new AppError('conflict', `${edit.host}:${edit.port} is in the list already.`);
        }
        if (edit.id === undefined) return insertNew(edit);
        const stored = find(edit.id)?.endpoint;
        if (!stored) throw new AppError('not-found', 'The endpoint is not in the list any more.');
        const endpoint = { ...edit, id: stored.id, createdAt: stored.createdAt };
        update.run(targetOf(endpoint), JSON.stringify(endpoint), stored.id);
        return endpoint;
      }),
    add: (edits) =>
      store.transaction(() => {
        const added = edits.map(normalised).filter((edit) => {
          if (idOf(edit) !== undefined) return false;
          insertNew(edit);
          return true;
        });
        return added.length;
      }),
    remove: (ids) =>
      store.transaction(() =>
        ids.reduce((sum, id) => sum + Number(removeOne.run(id).changes > 0), 0),
      ),
  };
}

/**
 * An edit with host and name to send as parseHost gives them, and a name to show. Throws AppError
 * `bad-request` with the sentence that says what is wrong.
 */
export function normalised(edit: EndpointEdit): EndpointEdit {
  const host = hostOf(edit.host);
  const sni = edit.sni === null || edit.sni === '' ? edit.sni : hostOf(edit.sni);
  if (sni !== null && isIP(sni)) {
    // RFC 6066, section 3: literal addresses are not permitted.
    throw new AppError('bad-request', 'The name to send (SNI) is a host name, not an address.');
  }
  return { ...edit, host, sni, name: edit.name.trim() };
}

/** The name that a scan sends: the host's own, none for an address. */
export function sniOf({ host, sni }: Pick<EndpointEdit, 'host' | 'sni'>): string | null {
  const name = sni ?? (isIP(host) ? '' : host);
  return name === '' ? null : name;
}

/** Whether two endpoints are the same server under the same name: their scans can be compared. */
export function sameTarget(a: Target, b: Target): boolean {
  return targetOf(a) === targetOf(b);
}

function hostOf(text: string): string {
  const parsed = parseHost(text);
  if ('problem' in parsed) throw new AppError('bad-request', parsed.problem);
  return parsed.host;
}

type Target = Pick<EndpointEdit, 'host' | 'port' | 'sni'>;

function targetOf(edit: Target): string {
  return JSON.stringify([edit.host, edit.port, sniOf(edit)]);
}

function read(row: Record<string, unknown>): StoredEndpoint | undefined {
  const endpoint = endpointSchema.safeParse(parseJson(row['body']));
  return endpoint.success ? { seq: Number(row['seq']), endpoint: endpoint.data } : undefined;
}

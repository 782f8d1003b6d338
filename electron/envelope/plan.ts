import { randomBytes } from 'node:crypto';
import { basename, dirname, extname, join, relative } from 'node:path';
import {
  envelopeSuffix,
  suitableFormat,
  type EnvelopeFormat,
} from '../../shared/model/envelope/formats';
import type {
  DecryptInput,
  EncryptInput,
  RekeyInput,
  Source,
} from '../../shared/model/envelope/jobs';
import { AppError } from '../../shared/model/errors';
import { filesOf, type Sources } from './sources';
import type { Job } from './work/types';

/** One thing to do, as the batch tells of it. */
export interface Planned {
  /** The source's id; files of a folder that are sealed one by one share it. */
  readonly source: string;
  readonly name: string;
  readonly bytes: number;
  readonly job: Job;
}

interface PlanParts {
  readonly sources: Sources;
  readonly tag: string;
  readonly created: string;
}

/** What sealing a batch means: one job for each envelope. Throws AppError `bad-request` or `not-found`. */
export async function planSealing(
  input: EncryptInput,
  { sources, tag, created }: PlanParts,
): Promise<Planned[]> {
  const place = placeOf(input, sources);
  const { hideNames = false, replace = false } = input;
  const several = input.sources.length > 1;
  const items: { source: Source; path: string; bytes: number; inside: string }[] = [];
  for (const source of input.sources.map((id) => sources.get(id))) {
    if (source.kind === 'folder' && input.folders === 'each-file') {
      const parent = dirname(source.path);
      for (const { path, bytes } of await filesOf(source.path)) {
        const file = { ...source, kind: 'file' as const, name: relative(parent, path) };
        items.push({ source: file, path, bytes, inside: dirname(relative(parent, path)) });
      }
    } else items.push({ source, path: source.path, bytes: source.bytes, inside: '' });
  }
  if (input.name !== undefined && (several || items.length > 1)) {
    throw new AppError('bad-request', 'One name cannot be given to several envelopes.');
  }
  return items.map(({ source, path, bytes, inside }) => {
    const archive = source.kind === 'folder' || hideNames;
    const format = formatFor(input, { kind: archive ? 'folder' : 'file', bytes });
    const suffix = `${source.kind === 'folder' ? '.tar' : ''}${envelopeSuffix[format]}`;
    const name =
      input.name ??
      (hideNames
        ? `envelope-${randomBytes(6).toString('hex')}${envelopeSuffix[format]}`
        : `${basename(path)}${suffix}`);
    // Files of a folder keep their places in it; hidden names have none.
    const folder = place ? join(place, hideNames ? '' : inside) : dirname(path);
    return {
      source: source.id,
      name: source.name,
      bytes,
      job: {
        kind: 'seal',
        path,
        source: source.kind,
        out: { path: join(folder, plainName(name)), replace, tag },
        format,
        keys: input.keys,
        context: input.context ?? {},
        archive,
        removeSource: input.removeSource ?? false,
        created,
      },
    };
  });
}

function formatFor(
  { format = 'auto', keys }: EncryptInput,
  source: { kind: 'file' | 'folder'; bytes: number },
): EnvelopeFormat {
  if (format === 'auto') return keys.length > 1 ? 'esdk' : suitableFormat(source);
  if (format === 'simple' && keys.length > 1) {
    throw new AppError(
      'bad-request',
      'A simple envelope has one key. For several keys take the AWS Encryption SDK’s format.',
    );
  }
  return format;
}

/** What opening a batch means. */
export function planOpening(input: DecryptInput, { sources, tag }: PlanParts): Planned[] {
  const place = placeOf(input, sources);
  return envelopesOf(input, sources).map((source) => ({
    source: source.id,
    name: source.name,
    bytes: source.bytes,
    job: {
      kind: 'open',
      path: source.path,
      keys: input.keys,
      context: input.context,
      unpack: input.unpack ?? true,
      ...(!input.verifyOnly && {
        out: {
          path: join(
            place ?? dirname(source.path),
            plainName(input.name ?? openedName(source.name)),
          ),
          replace: input.replace ?? false,
          tag,
        },
      }),
    },
  }));
}

/** What re-keying a batch means: the new envelope takes the old one's place unless a place is named. */
export function planRekeying(input: RekeyInput, { sources, tag, created }: PlanParts): Planned[] {
  const place = placeOf(input, sources);
  return envelopesOf(input, sources).map((source) => ({
    source: source.id,
    name: source.name,
    bytes: source.bytes,
    job: {
      kind: 'rekey',
      path: source.path,
      keys: input.keys,
      context: input.context,
      to: input.to,
      toContext: input.toContext,
      created,
      out: {
        path: join(place ?? dirname(source.path), plainName(input.name ?? source.name)),
        replace: input.replace ?? false,
        tag,
      },
    },
  }));
}

/** The name that a content has when it comes out of an envelope; an archive brings its own. */
export function openedName(name: string): string {
  for (const suffix of Object.values(envelopeSuffix)) {
    const plain = name.slice(0, -suffix.length);
    if (name.endsWith(suffix) && plain !== '') return plain;
  }
  const ending = extname(name);
  return ending === '' ? `${name}.opened` : `${name.slice(0, -ending.length)}.opened${ending}`;
}

function envelopesOf(
  { sources: ids, name }: { sources: readonly string[]; name?: string | undefined },
  sources: Sources,
): Source[] {
  const found = ids.map((id) => sources.get(id));
  if (name !== undefined && found.length > 1) {
    throw new AppError('bad-request', 'One name cannot be given to several files.');
  }
  const folder = found.find(({ kind }) => kind === 'folder');
  if (folder) {
    throw new AppError('bad-request', `${folder.name} is a folder. Add the envelopes in it.`);
  }
  return found;
}

function placeOf({ place }: { place?: string | undefined }, sources: Sources): string | undefined {
  if (place === undefined) return undefined;
  const found = sources.get(place);
  if (found.kind === 'folder') return found.path;
  throw new AppError('bad-request', `${found.name} is no folder to write to.`);
}

/** A name, not a way to somewhere else. */
function plainName(name: string): string {
  if (name === basename(name) && !/[\0/\\]/.test(name) && name !== '.' && name !== '..')
    return name;
  throw new AppError('bad-request', `${JSON.stringify(name).slice(0, 100)} is no name of a file.`);
}

import type { Account } from '../account/account';
import { invalidRequest } from './errors';

/** A workgroup of one Region. */
export interface WorkGroupRecord {
  readonly name: string;
  readonly description?: string | undefined;
  readonly createdAt: number;
  /** `s3://bucket/prefix/`. */
  readonly outputLocation?: string | undefined;
  /** Its settings win over those of a request. */
  readonly enforced: boolean;
  readonly bytesCutoff?: number | undefined;
}

export interface WorkGroups {
  /** @throws AthenaError */
  get(name: string): WorkGroupRecord;
  /** @throws AthenaError where it exists */
  create(group: WorkGroupRecord): void;
  all(): WorkGroupRecord[];
}

/** `primary` is always there, as in every account. */
export function openWorkGroups({ state, clock }: Account, region: string): WorkGroups {
  const stored = state.of<WorkGroupRecord>(`athena-workgroup@${region}`);
  if (!stored.get('primary')) {
    stored.put('primary', { name: 'primary', createdAt: clock.now(), enforced: false });
  }
  return {
    get(name) {
      const group = stored.get(name);
      if (!group) throw invalidRequest(`WorkGroup ${name} is not found.`);
      return group;
    },
    create(group) {
      if (stored.get(group.name)) throw invalidRequest('WorkGroup is already created');
      stored.put(group.name, group);
    },
    all: () => [...stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

/** As AWS's documentation names the present engine. */
export const engineVersion = {
  SelectedEngineVersion: 'AUTO',
  EffectiveEngineVersion: 'Athena engine version 3',
};

export function workGroupSummary({ name, description, createdAt }: WorkGroupRecord): object {
  return {
    Name: name,
    State: 'ENABLED',
    Description: description ?? '',
    CreationTime: createdAt / 1000,
    EngineVersion: engineVersion,
  };
}

export function workGroupJson(group: WorkGroupRecord): object {
  const { name, description, createdAt, outputLocation, enforced, bytesCutoff } = group;
  return {
    Name: name,
    State: 'ENABLED',
    Configuration: {
      ResultConfiguration: outputLocation === undefined ? {} : { OutputLocation: outputLocation },
      EnforceWorkGroupConfiguration: enforced,
      PublishCloudWatchMetricsEnabled: false,
      ...(bytesCutoff !== undefined && { BytesScannedCutoffPerQuery: bytesCutoff }),
      RequesterPaysEnabled: false,
      EngineVersion: engineVersion,
      EnableMinimumEncryptionConfiguration: false,
    },
    Description: description ?? '',
    CreationTime: createdAt / 1000,
  };
}

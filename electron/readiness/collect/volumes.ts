import {
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
} from '@aws-sdk/client-ec2';
import type {
  RegionPosture,
  Snapshot,
  Volume,
} from '../../../shared/model/readiness/posture/region';
import { pages } from '../../aws/pages';
import type { Asker } from './ask';
import { iso, needed, said, tagsOf } from './parts';

/** Asks EC2 how the volumes of one Region are encrypted, and what new ones get. */
export async function collectVolumes(
  { ask }: Asker,
  region: string,
): Promise<RegionPosture['volumes']> {
  const [encryptionByDefault, defaultKey, volumes, snapshots] = await Promise.all([
    ask(region, async (send) => {
      const { output } = await send(new GetEbsEncryptionByDefaultCommand({}));
      const name = 'EbsEncryptionByDefault';
      return needed(output.EbsEncryptionByDefault, 'ec2:GetEbsEncryptionByDefault', name);
    }),
    ask(region, async (send) => {
      const { output } = await send(new GetEbsDefaultKmsKeyIdCommand({}));
      return needed(output.KmsKeyId, 'ec2:GetEbsDefaultKmsKeyId', 'KmsKeyId');
    }),
    ask(region, async (send) => {
      const found: Volume[] = [];
      const lists = pages(
        'ec2:DescribeVolumes',
        (NextToken) => send(new DescribeVolumesCommand({ MaxResults: 500, NextToken })),
        ({ NextToken }) => NextToken,
      );
      for await (const { Volumes = [] } of lists) {
        for (const volume of Volumes) {
          found.push({
            id: needed(volume.VolumeId, 'ec2:DescribeVolumes', 'VolumeId'),
            state: volume.State ?? '',
            tags: tagsOf(volume.Tags),
            ...said({
              encrypted: volume.Encrypted,
              keyId: volume.KmsKeyId,
              sizeGiB: volume.Size,
              createdAt: iso(volume.CreateTime),
            }),
          });
        }
      }
      return found;
    }),
    ask(region, async (send) => {
      const found: Snapshot[] = [];
      const lists = pages(
        'ec2:DescribeSnapshots',
        (NextToken) =>
          send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 1000, NextToken })),
        ({ NextToken }) => NextToken,
      );
      for await (const { Snapshots = [] } of lists) {
        for (const snapshot of Snapshots) {
          found.push({
            id: needed(snapshot.SnapshotId, 'ec2:DescribeSnapshots', 'SnapshotId'),
            tags: tagsOf(snapshot.Tags),
            ...said({
              volumeId: snapshot.VolumeId,
              encrypted: snapshot.Encrypted,
              keyId: snapshot.KmsKeyId,
              startedAt: iso(snapshot.StartTime),
            }),
          });
        }
      }
      return found;
    }),
  ]);
  return { encryptionByDefault, defaultKey, volumes, snapshots };
}

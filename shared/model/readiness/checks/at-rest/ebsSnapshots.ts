import { encryptedVerdict } from './encryptedVerdict';
import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

export const ebsSnapshots = postureCheck({
  id: 'ebs-snapshots-encrypted',
  question: 'Is every snapshot encrypted?',
  why: 'Snapshots outlive their volumes, and are shared more easily.',
  remedy: {
    console: 'EC2 > Snapshots > Copy snapshot: Encrypt; then delete the plain one.',
    cli: 'aws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT --encrypted --kms-key-id KEY\naws ec2 delete-snapshot --snapshot-id SNAPSHOT',
    terraform: 'resource "aws_ebs_snapshot_copy": encrypted = true, kms_key_id',
  },
  severity: 'high',
  effort: 'hours',
  permissions: ['ec2:DescribeSnapshots'],
  judge: (posture) =>
    regionItems(posture, ({ volumes }, where) => {
      const names = new Map(
        ('answer' in volumes.volumes ? volumes.volumes.answer : []).map(({ id, tags }) => [
          id,
          tags['Name'] ?? id,
        ]),
      );
      return listItems(volumes.snapshots, 'snapshot', where, (snapshot) => {
        const { id, encrypted, keyId, volumeId, tags } = snapshot;
        const of = volumeId === undefined ? undefined : names.get(volumeId);
        const name = tags['Name'] ?? (of === undefined ? id : `a snapshot of ${of}`);
        return { id, name, verdict: encryptedVerdict(encrypted, keyId) };
      });
    }),
});

import { encryptedVerdict } from './encryptedVerdict';
import { postureCheck } from './postureCheck';
import { listItems, regionItems } from './postureItems';

export const ebsVolumes = postureCheck({
  id: 'ebs-volumes-encrypted',
  question: 'Is every volume encrypted?',
  why: 'A plain volume can be copied by snapshot, and read wherever it is restored.',
  remedy: {
    console: 'EC2 > Volumes: make a snapshot, copy it with encryption, restore.',
    cli: 'aws ec2 create-snapshot --volume-id VOLUME\naws ec2 copy-snapshot --source-region REGION --source-snapshot-id SNAPSHOT --encrypted --kms-key-id KEY\naws ec2 create-volume --snapshot-id COPY --availability-zone ZONE',
    terraform: 'resource "aws_ebs_volume": encrypted = true, kms_key_id',
  },
  severity: 'high',
  effort: 'hours',
  permissions: ['ec2:DescribeVolumes'],
  judge: (posture) =>
    regionItems(posture, ({ volumes }, where) =>
      listItems(volumes.volumes, 'volume', where, ({ id, encrypted, keyId, tags }) => ({
        id,
        name: tags['Name'] ?? id,
        verdict: encryptedVerdict(encrypted, keyId),
      })),
    ),
});

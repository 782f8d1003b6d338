import { postureCheck } from './postureCheck';
import { answerItem, regionItems } from './postureItems';

export const ebsByDefault = postureCheck({
  id: 'ebs-encrypted-by-default',
  cis: ['6.1.1'],
  question: 'Are new volumes encrypted by default in every Region?',
  why: 'One volume that somebody made in a hurry is enough.',
  remedy: {
    console:
      'EC2 > Settings > Data protection and security > EBS encryption: Always encrypt new EBS volumes.',
    cli: 'aws ec2 enable-ebs-encryption-by-default',
    terraform: 'resource "aws_ebs_encryption_by_default": enabled = true',
  },
  severity: 'high',
  permissions: ['ec2:GetEbsEncryptionByDefault'],
  judge: (posture) =>
    regionItems(posture, ({ volumes }, where) => [
      answerItem(volumes.encryptionByDefault, where, (on) => ({
        verdict: on
          ? { value: 'pass', reason: 'New volumes are encrypted.' }
          : { value: 'fail', reason: 'New volumes may be plain.', remedy: 'Switch it on.' },
      })),
    ]),
});

import { KMSClient } from '@aws-sdk/client-kms';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { onTestFinished } from 'vitest';
import { startPractice, type Practice } from '../../../electron/practice/index';

/** An empty practice account, and clients of its KMS and its CloudTrail; all end with the test. */
export async function watchedAccount(
  region: string,
): Promise<{ practice: Practice; kms: KMSClient; trail: CloudTrailClient }> {
  const practice = await startPractice({ seed: 'empty' });
  const { endpoint, accessKeyId, secretAccessKey } = practice;
  const config = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
  const kms = new KMSClient(config);
  const trail = new CloudTrailClient(config);
  onTestFinished(async () => {
    kms.destroy();
    trail.destroy();
    await practice.close();
  });
  return { practice, kms, trail };
}

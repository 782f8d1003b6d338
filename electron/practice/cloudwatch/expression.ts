import { AwsError } from '../protocol/awsError';

/** A formula over one metric and its quota for the metric's period. */
export interface Formula {
  readonly metric: string;
  readonly apply: (value: number, quota: number) => number;
}

const quotaAlone = /^SERVICE_QUOTA\(\s*(\w+)\s*\)$/;
const share = /^\(?\s*(\w+)\s*\/\s*SERVICE_QUOTA\(\s*(\w+)\s*\)\s*\)?\s*(?:\*\s*100)?$/;

/**
 * Reads `SERVICE_QUOTA(m1)`, `m1/SERVICE_QUOTA(m1)` and `(m1/SERVICE_QUOTA(m1))*100`. Source: CloudWatch
 * user guide, "Using metric math", SERVICE_QUOTA.
 * @throws AwsError ValidationException for any other formula
 */
export function readExpression(id: string, expression: string): Formula {
  const text = expression.trim();
  const alone = quotaAlone.exec(text)?.[1];
  if (alone !== undefined) return { metric: alone, apply: (_, quota) => quota };
  const [, metric, of] = share.exec(text) ?? [];
  if (metric === undefined || metric !== of) {
    throw new AwsError(
      'ValidationException',
      `Error in expression '${id}': only formulas on a metric and its SERVICE_QUOTA are computed here.`,
    );
  }
  const factor = text.endsWith('100') ? 100 : 1;
  return { metric, apply: (value, quota) => (value / quota) * factor };
}

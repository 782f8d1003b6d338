import type { Subscription, Topic, Wiring } from '../alarms/wiring';
import { pageOf, type EdgeCall, type EdgeService } from '../edge/service';
import { AwsError } from '../protocol/awsError';
import { writeXml, type Xml } from '../s3/xml';
import type { HttpRequest } from '../sigv4/verify';
import { queryError } from '../sts/index';

/**
 * As much of SNS (Query protocol, API 2010-03-31) as following alarms needs:
 * ListSubscriptionsByTopic.
 */
export const sns: EdgeService<Wiring> = {
  scope: 'sns',
  source: 'sns.amazonaws.com',
  operations: ['sns:ListSubscriptionsByTopic'],
  read,
  refuse(error, requestId) {
    // SNS has a name of its own for it.
    const told =
      error.code === 'AccessDeniedException'
        ? new AwsError('AuthorizationError', error.message, 403)
        : error;
    const { status, xml } = queryError(told, requestId, namespace);
    return { status, contentType: 'text/xml', body: xml };
  },
  throttled: () => new AwsError('Throttling', 'Rate exceeded'),
};

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
const pageSize = 100;

function read({ body }: HttpRequest): EdgeCall<Wiring> {
  const form = new URLSearchParams(Buffer.from(body).toString());
  const operation = form.get('Action') ?? '';
  if (operation !== 'ListSubscriptionsByTopic') {
    throw new AwsError(
      'InvalidAction',
      `The action ${operation.slice(0, 100)} is not valid for this web service.`,
    );
  }
  const arn = form.get('TopicArn') ?? '';
  if (!/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/.test(arn)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: TopicArn');
  }
  return {
    operation,
    action: 'sns:ListSubscriptionsByTopic',
    resource: arn,
    parameters: { topicArn: arn },
    answer({ topics }, requestId) {
      const topic = topics.find((one) => one.arn === arn);
      if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
      const page = pageOf(topic.subscriptions, form.get('NextToken'), pageSize);
      if (!page) throw new AwsError('InvalidParameter', 'Invalid parameter: NextToken');
      const result: Xml[] = [
        ['Subscriptions', page.items.map((one) => subscriptionXml(topic, one))],
        ...(page.next === undefined ? [] : [['NextToken', page.next] as const]),
      ];
      const members: Xml[] = [
        [`${operation}Result`, result],
        ['ResponseMetadata', [['RequestId', requestId]]],
      ];
      return {
        status: 200,
        contentType: 'text/xml',
        body: writeXml([`${operation}Response`, members], namespace),
      };
    },
  };
}

function subscriptionXml({ arn }: Topic, { id, protocol, endpoint }: Subscription): Xml {
  return [
    'member',
    [
      ['Owner', arn.split(':')[4] ?? ''],
      ['Endpoint', endpoint],
      ['Protocol', protocol],
      ['SubscriptionArn', id === undefined ? 'PendingConfirmation' : `${arn}:${id}`],
      ['TopicArn', arn],
    ],
  ];
}

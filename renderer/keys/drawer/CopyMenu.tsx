import { Copy } from 'lucide-react';
import type { KeyDetail, KeyRow } from '../../../shared/model/key';
import { awsCliCommand, awsCliOperations } from '../../../shared/model/awsCliCommand';
import { useScope } from '../../app';
import { Button, Menu, useUi } from '../../ui';

/** Copies the ARN, the key as JSON, or an AWS CLI command that asks the same. */
export function CopyMenu({ row, detail }: { row: KeyRow; detail: KeyDetail | undefined }) {
  const { copy } = useUi();
  const { chosen } = useScope();
  const endpointUrl = chosen.find(({ id }) => id === row.connection)?.endpointUrl;
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="ghost" icon={Copy}>
          Copy
        </Button>
      }
      entries={[
        { label: 'Key ARN', onSelect: () => copy(row.arn, 'Key ARN') },
        { label: 'Key id', onSelect: () => copy(row.keyId, 'Key id') },
        {
          label: 'As JSON',
          onSelect: () => copy(JSON.stringify(detail ?? row, null, 2), 'Key as JSON'),
        },
        { heading: 'AWS CLI command' },
        ...awsCliOperations.map((operation) => ({
          label: `aws kms ${operation}`,
          onSelect: () => copy(awsCliCommand(operation, row, { endpointUrl }), 'AWS CLI command'),
        })),
      ]}
    />
  );
}

import { useStore } from 'zustand';
import { useApp } from '../app';
import { iamPolicyText, inventoryPermissions } from '../../shared/model/iamPolicy';
import { CodeBlock, Identifier, Section } from '../ui';

/** What a real account needs before its keys can be read. */
export function NeededSection() {
  const { accounts } = useApp();
  const configFiles = useStore(accounts, (state) => state.configFiles);
  return (
    <Section
      title="Connect an account"
      description="Claviger uses the profiles that the AWS CLI has: static keys, IAM Identity Center, assumed roles, credential processes. It stores no credentials."
    >
      <ol className="list-decimal space-y-2 pl-5 text-sm">
        <li>
          Make a profile with <code className="text-xs">aws configure sso</code> or in the config
          file
          {configFiles.length > 0 && ':'}
          <ul className="mt-1 flex flex-col items-start gap-1">
            {configFiles.map((file) => (
              <li key={file}>
                <Identifier value={file} label="Config file" max={72} />
              </li>
            ))}
          </ul>
        </li>
        <li>Give its role the policy below. It lets Claviger read and change nothing.</li>
        <li>Read the profiles again, tick the profile and choose its Regions.</li>
      </ol>
      <div className="mt-4 max-w-180">
        <CodeBlock
          label="IAM policy"
          text={iamPolicyText(inventoryPermissions)}
          caption="Least-privilege IAM policy"
        />
      </div>
    </Section>
  );
}

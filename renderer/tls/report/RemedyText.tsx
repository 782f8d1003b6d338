import type { VulnerabilityId } from '../../../shared/model/tls/scan';
import { remedyOf } from '../../../shared/model/tls/remedies';
import { CodeBlock } from '../../ui';

/** Why a hole matters and how to close it, with what to write where. */
export function RemedyText({ id }: { id: VulnerabilityId }) {
  const { why, what, snippets } = remedyOf(id);
  return (
    <div className="space-y-2 text-sm">
      <p className="text-ink-2">{why}</p>
      <p>
        <span className="font-medium">What to do: </span>
        {what}
      </p>
      {snippets.map((snippet) => (
        <CodeBlock
          key={snippet.for}
          text={snippet.text}
          label={`Remedy for ${snippet.for}`}
          caption={snippet.for}
        />
      ))}
    </div>
  );
}

import type { Remedy } from '../../../shared/model/tls/remedies';
import { CodeBlock } from '../../ui';

/** Why a finding matters and how to put it right, with what to write where. */
export function RemedyText({ remedy: { why, what, snippets } }: { remedy: Remedy }) {
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

import { TriangleAlert } from 'lucide-react';
import { known, type Facet } from '../../../shared/model/facet';
import type { KeyRow } from '../../../shared/model/key';
import { Badge, CodeBlock, cx, prettyJson } from '../../ui';
import { FacetPart } from './Part';
import { policyWords, type PolicyStatementWords } from './policyWords';

/** The key policy: each statement in words, those open to everybody marked, and the text itself. */
export function PolicyPart({ row, policyText }: { row: KeyRow; policyText: Facet<string> }) {
  const open = new Set(known(row.policy)?.publicStatements);
  return (
    <FacetPart title="Key policy" facet={policyText}>
      {(text) => (
        <div className="space-y-3">
          <Statements statements={policyWords(text)} open={open} />
          <CodeBlock text={prettyJson(text)} label="Key policy" />
        </div>
      )}
    </FacetPart>
  );
}

function Statements({
  statements,
  open,
}: {
  statements: readonly PolicyStatementWords[] | undefined;
  open: ReadonlySet<string>;
}) {
  if (!statements) {
    return <p className="text-sm text-ink-2">The text cannot be read as a policy; here it is.</p>;
  }
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {statements.map(({ name, effect, who, what, when }, index) => (
        <li
          // oxlint-disable-next-line react/no-array-index-key -- Sids need not be unique
          key={`${name} ${index}`}
          className={cx('px-3 py-2 text-sm', open.has(name) && 'bg-fail-soft')}
        >
          <div className="mb-0.5 flex flex-wrap items-center gap-2">
            <span className="text-xs text-ink-3">{name}</span>
            {open.has(name) && (
              <Badge tone="fail" icon={TriangleAlert}>
                Open to everybody
              </Badge>
            )}
          </div>
          <p className="break-words">
            <span className="font-medium">{effect}</span> {who}: {what}
          </p>
          {when.map((condition) => (
            <p key={condition} className="text-xs break-words text-ink-2">
              when {condition}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

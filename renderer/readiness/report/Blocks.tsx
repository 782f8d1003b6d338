import { memo } from 'react';
import type {
  ReportBlock,
  ReportCell,
  ReportText,
} from '../../../shared/model/readiness/report/blocks';
import type { ReadinessReport } from '../../../shared/model/readiness/report/report';
import { reportBlocks } from '../../../shared/model/readiness/report/reportBlocks';
import { VerdictBadge } from '../../ui';

/** The blocks of a report, one below the other; the same that the web page is made of. */
export const Blocks = memo(function Blocks({ report }: { report: ReadinessReport }) {
  return (
    <div className="mx-auto max-w-260 px-6 py-6">
      {[...reportBlocks(report)].map((block, at) => (
        // The blocks of one report never change places.
        <Block key={at} block={block} />
      ))}
    </div>
  );
});

function Block({ block }: { block: ReportBlock }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${block.level}` as const;
      return <Heading id={block.id}>{block.text}</Heading>;
    }
    case 'text':
      return (
        <p>
          <Text text={block.text} />
        </p>
      );
    case 'facts':
      return (
        <dl>
          {block.rows.map(([label, cell]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <Cell cell={cell} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'table':
      return (
        <table>
          <caption>{block.caption}</caption>
          <thead>
            <tr>
              {block.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map(([first = '', ...cells], row) => (
              <tr key={row}>
                <th scope="row">
                  <Cell cell={first} />
                </th>
                {cells.map((cell, column) => (
                  <td key={column}>
                    <Cell cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    default:
      return block satisfies never;
  }
}

function Cell({ cell }: { cell: ReportCell }) {
  if (!isList(cell)) return <Text text={cell} />;
  return cell.map((text, at) => (
    <span key={at} className="block">
      <Text text={text} />
    </span>
  ));
}

function isList(cell: ReportCell): cell is readonly ReportText[] {
  return Array.isArray(cell);
}

function Text({ text }: { text: ReportText }) {
  if (typeof text === 'string') return text;
  if (text.kind === 'code') return <code>{text.text}</code>;
  return <VerdictBadge value={text.value} />;
}

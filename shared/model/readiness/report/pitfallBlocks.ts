import { checkOf } from '../checks/index';
import { compareVerdicts, verdictWords } from '../../verdict';
import type { ReportedPitfall } from '../pitfalls/reported';
import type { ReportBlock } from './blocks';

/** The seven pitfalls of the guide, each with the checks that tell of it; none in a report of a part. */
export function* pitfallBlocks(pitfalls: readonly ReportedPitfall[]): Generator<ReportBlock> {
  if (pitfalls.length === 0) return;
  yield { kind: 'heading', level: 2, text: 'Pitfalls', id: 'pitfalls' };
  yield {
    kind: 'table',
    caption: 'The seven pitfalls; none stands better than the worst of the checks that tell of it.',
    columns: ['Pitfall', 'Verdict', 'Why', 'Checks that tell'],
    rows: pitfalls.map(({ title, what, verdict, checks }) => [
      [title, what],
      { kind: 'verdict', value: verdict.value },
      verdict.reason,
      checks
        .toSorted((a, b) => compareVerdicts(a.verdict, b.verdict))
        .map((one) => `${verdictWords[one.verdict]}: ${checkOf(one.id)?.question ?? one.id}`),
    ]),
  };
}

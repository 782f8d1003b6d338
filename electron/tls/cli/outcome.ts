import { gradeLetters } from '../../../shared/model/tls/judgement';
import type { ScanResult } from '../../../shared/model/tls/result';
import { summarise } from '../../../shared/model/tls/summary';
import { exitCodes, type ExitCode } from '../../command';

export interface Demands {
  readonly minGrade?: (typeof gradeLetters)[number] | undefined;
}

/** What a run comes to: the exit code, and a line for each thing that a person should know of. */
export interface Outcome {
  readonly code: ExitCode;
  readonly remarks: string[];
}

/**
 * 1 where a demand is not met or nothing could be reached, else 3 where something could not be told,
 * else 0. What is unknown never meets a demand.
 */
export function outcomeOf(results: readonly ScanResult[], { minGrade }: Demands): Outcome {
  const remarks: string[] = [];
  let failed = results.length > 0 && results.every(({ reachable }) => !reachable);
  let partial = false;
  for (const result of results) {
    const where = placeOf(result);
    if (!result.reachable) {
      partial = true;
      remarks.push(`${where}: not reached. ${result.unreachable ?? ''}`.trim());
      continue;
    }
    const { letter } = result.grade;
    if (minGrade !== undefined && letter === null) {
      partial = true;
      remarks.push(
        `${where}: no grade, as not all that it needs is known (${result.grade.missing.join(', ')}).`,
      );
    } else if (minGrade !== undefined && isWorse(letter, minGrade)) {
      failed = true;
      remarks.push(`${where}: grade ${letter}, which is below ${minGrade}.`);
    }
    for (const { name, verdict } of result.ownPolicy) {
      if (verdict.value === 'fail') {
        failed = true;
        remarks.push(`${where}: ${name}: ${verdict.reason}`);
      } else if (verdict.value === 'cannot-tell' || verdict.value === 'stale') partial = true;
    }
    const { unknowns } = summarise(result, 0);
    if (unknowns > 0) {
      partial = true;
      remarks.push(
        `${where}: ${unknowns === 1 ? 'one question has' : `${unknowns} questions have`} no answer.`,
      );
    }
  }
  const code = failed ? exitCodes.failed : partial ? exitCodes.partial : exitCodes.ok;
  return { code, remarks };
}

/** `www.example.com:443 (192.0.2.7)` */
export function placeOf({ endpoint }: Pick<ScanResult, 'endpoint'>): string {
  const { host, port, address } = endpoint;
  const name = host.includes(':') ? `[${host}]` : host;
  return `${name}:${port}${address === undefined || address === host ? '' : ` (${address})`}`;
}

function isWorse(letter: (typeof gradeLetters)[number] | null, than: string): boolean {
  // T and M stand behind F: who is not trusted has no grade to show.
  const order: readonly string[] = gradeLetters;
  return letter !== null && order.indexOf(letter) > order.indexOf(than);
}

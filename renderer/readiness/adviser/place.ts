import {
  draftAnswersSchema,
  questions,
  type DraftAnswers,
} from '../../../shared/model/adviser/questions';
import { scenarioIds, type ScenarioId } from '../../../shared/model/adviser/scenario';

/** A row of the matrix, or the questions. */
export type AdviserPlace = ScenarioId | 'other';

export const adviserPath = '/readiness/adviser';

/** Reads `/readiness/adviser/telemetry`; a name that is not known is the first scenario. */
export function parseAdviserPath(path: string): AdviserPlace {
  const [, , , named] = path.split('/');
  if (named === 'other') return 'other';
  return scenarioIds.find((id) => id === named) ?? scenarioIds[0];
}

export function formatAdviserPath(place: AdviserPlace): string {
  return `${adviserPath}/${place}`;
}

/** `where=objects&speed=fast&regulation=pci&regulation=soc2`. */
export function formatAnswers(answers: DraftAnswers): string {
  const params = new URLSearchParams();
  for (const { id } of questions) {
    for (const value of [answers[id] ?? []].flat()) params.append(id, value);
  }
  return params.toString();
}

/** Reads such a text; undefined where it has no answer. An answer that is not among the options is left out. */
export function parseAnswers(search: string): DraftAnswers | undefined {
  const params = new URLSearchParams(search);
  const answers: Record<string, unknown> = {};
  for (const { id, many, options } of questions) {
    const values = [...new Set(params.getAll(id))].filter((value) =>
      options.some((option) => option.value === value),
    );
    if (values.length > 0) answers[id] = many ? values : values[0];
  }
  if (Object.keys(answers).length === 0) return undefined;
  return draftAnswersSchema.safeParse(answers).data;
}

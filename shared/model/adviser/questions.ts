import { z } from 'zod';
import { frameworkIds, frameworkNames } from '../readiness/frameworks';

/** The questions of "something else": each can change what is recommended, or what is added to it. */
export const answersSchema = z.object({
  where: z.enum(['objects', 'database', 'moving', 'stream', 'device', 'copies']),
  speed: z.enum(['seldom', 'steady', 'fast']),
  readers: z.enum(['programs', 'accounts', 'users']),
  sensitive: z.enum(['all', 'fields', 'identities']),
  survive: z.enum(['region', 'account', 'no']),
  /** Frameworks that it falls under; none is an answer too. */
  regulation: z.array(z.enum(frameworkIds)).max(frameworkIds.length),
});
export type Answers = z.infer<typeof answersSchema>;
export type QuestionId = keyof Answers;

/** What was answered so far. */
export const draftAnswersSchema = answersSchema.partial();
export type DraftAnswers = z.infer<typeof draftAnswersSchema>;

export interface Question {
  readonly id: QuestionId;
  readonly text: string;
  /** More than one may be chosen, or none. */
  readonly many?: true;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export const questions: readonly Question[] = [
  {
    id: 'where',
    text: 'Where does the data live?',
    options: [
      { value: 'objects', label: 'In files or objects' },
      { value: 'database', label: 'In a database' },
      { value: 'moving', label: 'Only on the way between services' },
      { value: 'stream', label: 'In a stream that is kept in part' },
      { value: 'device', label: 'On the devices of users' },
      { value: 'copies', label: 'In backups or archives' },
    ],
  },
  {
    id: 'speed',
    text: 'How fast does it move?',
    options: [
      { value: 'seldom', label: 'A few uses an hour, or fewer' },
      { value: 'steady', label: 'Up to some hundred uses a second' },
      { value: 'fast', label: 'Thousands of uses a second' },
    ],
  },
  {
    id: 'readers',
    text: 'Who must read it?',
    options: [
      { value: 'programs', label: 'Programs of this account' },
      { value: 'accounts', label: 'Programs of other accounts too' },
      { value: 'users', label: 'Nobody but the users themselves' },
    ],
  },
  {
    id: 'sensitive',
    text: 'What of it is sensitive?',
    options: [
      { value: 'all', label: 'All of it' },
      { value: 'fields', label: 'A few fields' },
      { value: 'identities', label: 'Only whom it is about' },
    ],
  },
  {
    id: 'survive',
    text: 'What must it survive?',
    options: [
      { value: 'region', label: 'The loss of a Region' },
      { value: 'account', label: 'The loss of the account' },
      { value: 'no', label: 'Neither: it can be made again' },
    ],
  },
  {
    id: 'regulation',
    text: 'Which regulation does it fall under?',
    many: true,
    options: frameworkIds.map((value) => ({ value, label: frameworkNames[value] })),
  },
];

/** The questions that are not answered yet; "which regulation" is answered by none as well. */
export function openQuestions(answers: DraftAnswers): Question[] {
  return questions.filter(({ id, many }) => !many && answers[id] === undefined);
}

/** The answers where they are complete, else undefined. */
export function completeAnswers(answers: DraftAnswers): Answers | undefined {
  return answersSchema.safeParse({ regulation: [], ...answers }).data;
}

import { RotateCcw } from 'lucide-react';
import {
  draftAnswersSchema,
  openQuestions,
  questions,
  type DraftAnswers,
  type Question,
} from '../../../shared/model/adviser/questions';
import { Button, Checkbox, Select } from '../../ui';

/** The questions that decide. An answer counts at once. */
export function Questions({
  answers,
  onAnswer,
}: {
  answers: DraftAnswers;
  onAnswer: (answers: DraftAnswers) => void;
}) {
  const open = openQuestions(answers).length;
  const set = (question: Question, value: string | string[]) =>
    onAnswer(draftAnswersSchema.parse({ ...answers, [question.id]: value }));
  return (
    <section aria-label="Questions" className="border-b px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="text-base font-semibold">Something else</h2>
        <output aria-live="polite" className="text-xs text-ink-3">
          {open === 0
            ? 'Every question is answered.'
            : `${open} ${open === 1 ? 'question is' : 'questions are'} open.`}
        </output>
        <Button
          variant="ghost"
          icon={RotateCcw}
          disabled={Object.keys(answers).length === 0}
          onClick={() => onAnswer({})}
          className="ml-auto print:hidden"
        >
          Begin again
        </Button>
      </div>
      <div className="mt-2 grid grid-cols-1 gap-x-6 gap-y-3 xl:grid-cols-2">
        {questions.map((question) => {
          const value = answers[question.id];
          return question.many ? (
            <ManyOf
              key={question.id}
              question={question}
              chosen={Array.isArray(value) ? value : []}
              onChange={(values) => set(question, values)}
            />
          ) : (
            <OneOf
              key={question.id}
              question={question}
              chosen={typeof value === 'string' ? value : undefined}
              onChange={(one) => set(question, one)}
            />
          );
        })}
      </div>
    </section>
  );
}

const notAnswered = '';

function OneOf({
  question: { text, options },
  chosen,
  onChange,
}: {
  question: Question;
  chosen: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-ink-2">{text}</p>
      <Select
        label={text}
        value={chosen ?? notAnswered}
        options={[
          ...(chosen === undefined ? [{ value: notAnswered, label: 'Choose an answer' }] : []),
          ...options,
        ]}
        onChange={(value) => {
          if (value !== notAnswered) onChange(value);
        }}
        className="w-full max-w-96"
      />
    </div>
  );
}

function ManyOf({
  question: { text, options },
  chosen,
  onChange,
}: {
  question: Question;
  chosen: readonly string[];
  onChange: (values: string[]) => void;
}) {
  return (
    <fieldset className="xl:col-span-2">
      <legend className="mb-1 text-xs font-medium text-ink-2">
        {text} <span className="font-normal text-ink-3">None is an answer too.</span>
      </legend>
      <div className="grid grid-cols-1 gap-x-6 gap-y-1.5 lg:grid-cols-2">
        {options.map(({ value, label }) => (
          <Checkbox
            key={value}
            checked={chosen.includes(value)}
            onChange={(checked) =>
              onChange(checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          >
            {label}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

import { gradeLetters, type Grade } from '../../shared/model/tls/judgement';
import type { Tone } from '../ui';

export type GradeLetter = (typeof gradeLetters)[number];

/** A letter is always shown with its word, so that colour never says it alone. */
export interface GradeLook {
  readonly word: string;
  readonly tone: Tone;
}

/** The letters of SSL Labs' rating guide in a word. */
export const gradeLooks: Readonly<Record<GradeLetter, GradeLook>> = {
  'A+': { word: 'Excellent', tone: 'pass' },
  A: { word: 'Good', tone: 'pass' },
  'A-': { word: 'Good', tone: 'pass' },
  B: { word: 'Fair', tone: 'stale' },
  C: { word: 'Weak', tone: 'stale' },
  D: { word: 'Poor', tone: 'fail' },
  E: { word: 'Poor', tone: 'fail' },
  F: { word: 'Insecure', tone: 'fail' },
  T: { word: 'Not trusted', tone: 'fail' },
  M: { word: 'Wrong name', tone: 'fail' },
};

/** Where a letter stands among all, the best first; null (no letter) after all of them. */
export function gradeRank(letter: GradeLetter | null): number {
  return letter === null ? gradeLetters.length : gradeLetters.indexOf(letter);
}

/** The worst of several letters; null where there is none. */
export function worstGrade(letters: readonly (GradeLetter | null)[]): GradeLetter | null {
  const known = letters.filter((letter) => letter !== null);
  return known.toSorted((a, b) => gradeRank(b) - gradeRank(a))[0] ?? null;
}

/** The report's first sentence: what the letter means and what decides it. */
export function gradeSentence(grade: Grade): string {
  if (grade.letter === null) {
    return grade.missing.length > 0
      ? `No grade: ${grade.missing.join(', ')} could not be told, and a guess would be worth nothing.`
      : 'No grade could be given.';
  }
  const decisive = grade.caps.filter(({ letter }) => letter === grade.letter);
  if (decisive.length > 0) {
    const more = decisive.length > 1 ? ` And ${decisive.length - 1} more.` : '';
    return `${sentence(decisive[0]?.why ?? '')}${more}`;
  }
  if (grade.warnings.length > 0) return sentence(grade.warnings[0]?.why ?? '');
  if (grade.letter === 'A+') return 'Nothing caps this grade, and there is no warning.';
  return `The score of ${grade.score ?? 'the parts'} decides; nothing caps it.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

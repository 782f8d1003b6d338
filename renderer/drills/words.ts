import {
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CircleQuestionMark,
  CircleX,
  LoaderCircle,
} from 'lucide-react';
import type { DrillSummary } from '../../shared/contract/drills';
import type { DrillStep } from '../../shared/model/drills/drill';
import type { ObjectiveResult } from '../../shared/model/drills/outcome';
import type { StatusLook } from '../ui';

/** How a step stands, always as word, icon and colour. */
export function stepLook({ state, outcome }: Pick<DrillStep, 'state' | 'outcome'>): StatusLook {
  if (state === 'running') return { word: 'Under way', icon: LoaderCircle, tone: 'info' };
  if (outcome === undefined) return { word: 'To do', icon: CircleDashed, tone: 'quiet' };
  return outcomeLooks[outcome];
}

const outcomeLooks: Readonly<Record<NonNullable<DrillStep['outcome']>, StatusLook>> = {
  passed: { word: 'Passed', icon: CircleCheck, tone: 'pass' },
  failed: { word: 'Failed', icon: CircleX, tone: 'fail' },
  'cannot-tell': { word: 'Cannot tell', icon: CircleQuestionMark, tone: 'unsure' },
  skipped: { word: 'Skipped: not tested', icon: CircleMinus, tone: 'stale' },
  'not-applicable': { word: 'Not applicable: not tested', icon: CircleMinus, tone: 'quiet' },
};

export const resultLooks: Readonly<Record<DrillSummary['result'], StatusLook>> = {
  passed: { word: 'Passed', icon: CircleCheck, tone: 'pass' },
  failed: { word: 'Failed', icon: CircleX, tone: 'fail' },
  incomplete: { word: 'Incomplete', icon: CircleDashed, tone: 'stale' },
};

export const objectiveLooks: Readonly<Record<ObjectiveResult, StatusLook>> = {
  met: { word: 'Met', icon: CircleCheck, tone: 'pass' },
  'not-met': { word: 'Not met', icon: CircleX, tone: 'fail' },
  'not-tested': { word: 'Not tested', icon: CircleMinus, tone: 'stale' },
  'cannot-tell': { word: 'Cannot tell', icon: CircleQuestionMark, tone: 'unsure' },
};

export const checkWords = { pass: 'Yes', fail: 'No', 'cannot-tell': 'Cannot tell' } as const;

/** `12 s`, `4 min 3 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return joined(`${minutes} min`, whole % 60, 's');
  return joined(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

function joined(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large} ${small} ${unit}`;
}

import { ClockArrowUp, Gauge, RotateCcw, ShieldCheck } from 'lucide-react';
import type { App } from '../app/context';
import type { Command } from '../app/commands';
import { navigate } from '../app/location';
import { hasPractice } from '../accounts/store';
import { steps } from './clockWords';

/** What can be done to the practice account from anywhere, where there is one. */
export function practiceCommands({ accounts, practice }: App): Command[] {
  if (hasPractice(accounts.getState()) !== true) return [];
  const { moveClock, setQuotas, clearFaults, askReset } = practice.getState();
  const group = 'Practice';
  return [
    ...steps.map(({ by, words }) => ({
      id: `practice.clock.${by}`,
      title: `Move the practice clock on by ${words}`,
      group,
      keywords: 'time advance forward future',
      icon: ClockArrowUp,
      run: () => void moveClock({ by }),
    })),
    ...modes.map(([mode, title]) => ({
      id: `practice.quotas.${mode}`,
      title,
      group,
      keywords: 'limit throttle rate',
      icon: Gauge,
      run: () => void setQuotas(mode),
    })),
    {
      id: 'practice.clearFaults',
      title: 'Switch all practice faults off',
      group,
      keywords: 'deny error clear',
      icon: ShieldCheck,
      run: () => void clearFaults(),
    },
    {
      id: 'practice.reset',
      title: 'Reset the practice account',
      group,
      keywords: 'empty seed company anew',
      icon: RotateCcw,
      run: () => {
        navigate('/practice');
        askReset(true);
      },
    },
  ];
}

const modes = [
  ['none', 'Practice quotas: none'],
  ['as-aws', 'Practice quotas: as AWS'],
  ['storm', 'Practice quotas: storm'],
] as const;

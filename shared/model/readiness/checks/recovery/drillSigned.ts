import { drillCheck, named } from './drillCheck';

export const drillSigned = drillCheck({
  id: 'drill-signed',
  question: 'Is the last drill signed by two persons?',
  why: 'One person’s report of their own work convinces nobody; two who were there do.',
  severity: 'medium',
  effort: 'minutes',
  remedy: 'Drills > the drill > have a second person sign.',
  rule: (latest) => {
    const { signatures } = latest;
    const many = signatures === 1 ? 'one signature' : `${signatures} signatures`;
    const reason = `${named(latest)} has ${many}.`;
    return signatures >= 2
      ? { value: 'pass', reason }
      : { value: 'fail', reason, remedy: 'Have a second person sign.' };
  },
});

import {
  maskValue,
  tellingKind,
  tellingKinds,
  type TellingContext,
  type TellingReport,
} from '../../shared/model/events/tellingContext';
import type { EventTable } from './table/eventTable';

const kept = 100;

/** What encryption contexts in the stored events give away: every different context is looked at once. */
export function tellingContexts(table: EventTable): TellingReport {
  const counts = eventsByContext(table);
  const { values } = table.words.context;
  const found = new Map<string, TellingContext>();
  let withContext = 0;
  for (const [number, events] of counts.entries()) {
    if (number === 0 || events === 0) continue;
    withContext += events;
    const context = JSON.parse(values[number] || '{}') as Record<string, string>;
    for (const [name, value] of Object.entries(context)) {
      const kind = tellingKind(name, value);
      if (!kind) continue;
      const id = `${kind} ${name}`;
      const known = found.get(id);
      if (known) found.set(id, { ...known, events: known.events + events });
      else found.set(id, { kind, name, events, example: maskValue(value, kind) });
    }
  }
  const findings = [...found.values()].toSorted(
    (a, b) => tellingKinds.indexOf(a.kind) - tellingKinds.indexOf(b.kind) || b.events - a.events,
  );
  const newest = table.newestFirst()[0];
  return {
    events: table.length,
    withContext,
    findings: findings.slice(0, kept),
    ...(newest !== undefined && { newest: table.row(newest).at }),
  };
}

/** How many events have which context, by its number. */
function eventsByContext(table: EventTable): Uint32Array {
  const counts = new Uint32Array(table.words.context.values.length);
  const numbers = table.columns.context.raw;
  for (let index = 0; index < table.length; index += 1) {
    const number = numbers[index] ?? 0;
    counts[number] = (counts[number] ?? 0) + 1;
  }
  return counts;
}

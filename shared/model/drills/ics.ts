/** One drill that is due. */
export interface DueDate {
  readonly uid: string;
  readonly name: string;
  readonly due: string;
  readonly remindDays: number;
  readonly about: string;
}

/** A calendar of due drills, each an all-day event with a reminder. Source: RFC 5545. */
export function icsOf(dates: readonly DueDate[], now: Date): string {
  const lines = dates.flatMap(({ uid, name, due, remindDays, about }) => [
    'BEGIN:VEVENT',
    `UID:${escape(uid)}`,
    `DTSTAMP:${now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`,
    `DTSTART;VALUE=DATE:${due.slice(0, 10).replaceAll('-', '')}`,
    `SUMMARY:${escape(`Recovery drill: ${name}`)}`,
    `DESCRIPTION:${escape(about)}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escape(`Recovery drill: ${name}`)}`,
    `TRIGGER:-P${remindDays}D`,
    'END:VALARM',
    'END:VEVENT',
  ]);
  const all = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Claviger//Recovery drills//EN',
    ...lines,
    'END:VCALENDAR',
  ];
  return all.map((line) => `${folded(line)}\r\n`).join('');
}

/** No value holds them, the tab apart (section 3.1). */
// oxlint-disable-next-line no-control-regex -- it is these that are meant
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function escape(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll(/\r\n?|\n/g, '\\n')
    .replaceAll(controls, '');
}

/** Lines have at most 75 bytes; the next begins with a space (section 3.1). */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let bytes = 0;
  for (const character of line) {
    const size = utf8Length(character);
    if (bytes + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      part = '';
      bytes = 0;
    }
    part += character;
    bytes += size;
  }
  return [...parts, part].join('\r\n ');
}

function utf8Length(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

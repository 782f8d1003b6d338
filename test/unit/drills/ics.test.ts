import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { icsOf, type DueDate } from '../../../shared/model/drills/ics';

const now = new Date('2026-11-28T12:34:56.789Z');
const date = (change: Partial<DueDate> = {}): DueDate => ({
  uid: 'plan-1@claviger',
  name: 'Quarterly standard',
  due: '2027-02-01T09:00:00.000Z',
  remindDays: 14,
  about: 'A key is lost.',
  ...change,
});

/** As another program reads it. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return {
    version: calendar.getFirstPropertyValue('version'),
    events: calendar.getAllSubcomponents('vevent').map((component) => {
      const event = new ICAL.Event(component);
      const alarm = component.getFirstSubcomponent('valarm');
      return {
        uid: event.uid,
        summary: event.summary,
        description: event.description,
        day: event.startDate.toString(),
        allDay: event.startDate.isDate,
        stamp: String(component.getFirstPropertyValue('dtstamp')),
        alarm: String(alarm?.getFirstPropertyValue('trigger')),
        action: alarm?.getFirstPropertyValue('action'),
      };
    }),
  };
}

describe('the calendar file', () => {
  it('is read by another program as one all-day event for each plan, with its reminder', () => {
    const text = icsOf([date(), date({ uid: 'plan-2@claviger', name: 'Region loss' })], now);
    const { version, events } = read(text);
    expect(version).toBe('2.0');
    expect(events).toHaveLength(2);
    expect(events[0]).toEqual({
      uid: 'plan-1@claviger',
      summary: 'Recovery drill: Quarterly standard',
      description: 'A key is lost.',
      day: '2027-02-01',
      allDay: true,
      stamp: '2026-11-28T12:34:56Z',
      alarm: '-P14D',
      action: 'DISPLAY',
    });
  });

  it('keeps the UID of a plan, so that a new date takes the place of the old one', () => {
    const later = read(icsOf([date({ due: '2027-05-01T00:00:00.000Z', name: 'Renamed' })], now));
    expect(later.events.map(({ uid, day }) => [uid, day])).toEqual([
      ['plan-1@claviger', '2027-05-01'],
    ]);
  });

  it('gives back any text as it was, in lines of at most 75 bytes that end with CRLF', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(word, word, (name, about) => {
        const text = icsOf([date({ name, about })], now);
        const lines = text.split('\r\n');
        expect(lines.at(-1)).toBe('');
        for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const [event] = read(text).events;
        expect(event?.summary).toBe(`Recovery drill: ${plain(name)}`);
        expect(event?.description).toBe(plain(about));
      }),
    );
  });

  it('is not broken up by what somebody writes into a scenario', () => {
    const about = 'One\r\nEND:VEVENT\nBEGIN:VEVENT\rUID:forged;x,y\\z\u0000';
    const { events } = read(icsOf([date({ about })], now));
    expect(events).toHaveLength(1);
    expect(events[0]?.description).toBe('One\nEND:VEVENT\nBEGIN:VEVENT\nUID:forged;x,y\\z');
  });
});

/** Every kind of line end is one; other control characters are no text (RFC 5545, section 3.1). */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- it is these that are meant
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

import type { WebContents } from 'electron';
import { expect, test } from 'vitest';
import { createPrintPage } from '../../../electron/window/printPage';

type Printed = Parameters<WebContents['printToPDF']>[0];

/** A window that notes what is done to it. */
function windowThat(print: (options: Printed) => Promise<Buffer>) {
  const colours: string[] = [];
  return {
    colours,
    setBackgroundColor: (colour: string) => void colours.push(colour),
    webContents: { printToPDF: print },
  };
}

const dark = { shouldUseDarkColors: true };
const now = () => new Date('2026-11-24T12:34:56Z');

test('prints A4 with title, time and page numbers, on white, and gives the window its colour back', async () => {
  const asked: Printed[] = [];
  const window = windowThat((options) => {
    asked.push(options);
    expect(window.colours).toEqual(['#ffffff']);
    return Promise.resolve(Buffer.from('%PDF-1.4'));
  });
  const print = createPrintPage(() => window, dark, now);
  expect(Buffer.from(await print('Report of <b>&"x')).toString()).toBe('%PDF-1.4');
  expect(asked[0]).toMatchObject({ pageSize: 'A4', generateTaggedPDF: true });
  expect(asked[0]?.headerTemplate).toContain('Report of &#60;b&#62;&#38;&#34;x');
  expect(asked[0]?.footerTemplate).toContain('2026-11-24 12:34 UTC');
  expect(asked[0]?.footerTemplate).toContain('class="pageNumber"');
  expect(window.colours).toEqual(['#ffffff', '#0f1114']);
});

test('says that it could not print, and leaves the window as it was', async () => {
  const window = windowThat(() => Promise.reject(new Error('no')));
  const print = createPrintPage(() => window, dark, now);
  await expect(print('Report')).rejects.toMatchObject({ code: 'file-failed' });
  expect(window.colours.at(-1)).toBe('#0f1114');
});

test('needs a window', async () => {
  const print = createPrintPage(() => undefined, dark, now);
  await expect(print('Report')).rejects.toMatchObject({ code: 'unsupported' });
});

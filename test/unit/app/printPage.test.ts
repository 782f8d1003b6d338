import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAppEvents, createAppHandlers } from '../../../electron/app/index';
import type { AppInfo } from '../../../shared/contract/app';

/** The handlers with a host whose operator picks a place, or none. */
function open(picked: string | null) {
  const printed: string[] = [];
  const written: Uint8Array[] = [];
  const handlers = createAppHandlers({
    info: () => ({}) as AppInfo,
    events: createAppEvents(),
    host: {
      async saveFile({ content }) {
        if (picked !== null) for await (const part of content) written.push(part);
        return picked;
      },
      printPage(title) {
        printed.push(title);
        return Promise.resolve(new Uint8Array([1, 2, 3]));
      },
      copyText: () => {},
      openExternal: () => {},
    },
  });
  const context = { signal: new AbortController().signal, progress: () => {} };
  const input = { suggestedName: 'report.pdf', title: 'TLS report' };
  return { printed, written, answer: () => handlers.printPage(input, context) };
}

test('a page is printed into the file that the operator picks', async () => {
  const { printed, written, answer } = open('/somewhere/report.pdf');
  expect(await answer()).toEqual({
    file: '/somewhere/report.pdf',
    sha256: createHash('sha256')
      .update(Uint8Array.of(1, 2, 3))
      .digest('hex'),
  });
  expect(printed).toEqual(['TLS report']);
  expect(written).toEqual([new Uint8Array([1, 2, 3])]);
});

test('who picks no place has not waited for the printing', async () => {
  const { printed, answer } = open(null);
  expect(await answer()).toBeNull();
  expect(printed).toEqual([]);
});

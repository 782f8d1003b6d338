import type { PrintToPDFOptions } from 'electron';

/** Inches: room for the head and the foot that Chromium prints into the margins. */
const margins = { top: 0.75, bottom: 0.7, left: 0.6, right: 0.6 };

/** How a page becomes a PDF: A4, tagged and with an outline, its head with the title, its foot with the time and page numbers. */
export function pdfOptions(title: string, now: Date): PrintToPDFOptions {
  return {
    pageSize: 'A4',
    margins,
    printBackground: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    displayHeaderFooter: true,
    headerTemplate: line(escape(title), 'Claviger'),
    footerTemplate: line(
      `Printed ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      'Page <span class="pageNumber"></span> of <span class="totalPages"></span>',
    ),
  };
}

/** A line across the page: Chromium's templates know no styles of the page and begin at font size 0. */
function line(left: string, right: string): string {
  const style =
    'display:flex;justify-content:space-between;gap:12pt;width:100%;margin:0 0.6in;font:7.5pt system-ui,sans-serif;color:#4b525c';
  return `<div style="${style}"><span>${left}</span><span style="white-space:nowrap">${right}</span></div>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

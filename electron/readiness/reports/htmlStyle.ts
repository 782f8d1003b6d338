/** Light on paper, light or dark on the screen as the reader has it; contrast 4.5 to 1 and more. */
export const reportStyle = `
:root{color-scheme:light dark;--ink:#16191d;--ink-2:#4b525c;--line:#d5d9df;--paper:#fff;--sunken:#f5f6f8;--fail:#a32211;--unsure:#7a4b00;--stale:#5b3f8c;--pass:#0b6245}
@media (prefers-color-scheme:dark){:root{--ink:#eceef1;--ink-2:#b4bbc5;--line:#3a4049;--paper:#15181c;--sunken:#1d2126;--fail:#ff9c8d;--unsure:#f0bd66;--stale:#c9b2f5;--pass:#6fd3ae}}
@page{size:A4;margin:18mm 15mm 16mm}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:2rem 1.5rem 4rem}
h1{margin:0 0 1rem;font-size:1.9rem;line-height:1.2}
h2{margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--ink);font-size:1.25rem}
h3{margin:1.75rem 0 .5rem;font-size:1rem}
p{max-width:60rem;margin:.5rem 0}
dl{display:grid;grid-template-columns:11rem 1fr;gap:.25rem 1rem;margin:.5rem 0}
dt{color:var(--ink-2)}
dd{margin:0;overflow-wrap:anywhere}
.line{display:block}
table{width:100%;margin:.75rem 0;border-collapse:collapse;font-size:.9em}
caption{padding:.25rem 0;color:var(--ink-2);text-align:left}
th,td{padding:.3rem .5rem;border:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{background:var(--sunken);white-space:nowrap}
tbody th{min-width:9rem;font-weight:500}
code{font:.85em ui-monospace,monospace}
.verdict{font-weight:600;white-space:nowrap}
.fail{color:var(--fail)}.cannot-tell{color:var(--unsure)}.stale{color:var(--stale)}.pass{color:var(--pass)}.not-applicable{color:var(--ink-2)}
@media print{:root{color-scheme:light;--ink:#16191d;--ink-2:#4b525c;--line:#d5d9df;--paper:#fff;--sunken:#f5f6f8;--fail:#a32211;--unsure:#7a4b00;--stale:#5b3f8c;--pass:#0b6245}body{font-size:9.5pt}main{max-width:none;padding:0}thead{display:table-header-group;break-after:avoid}tr{break-inside:avoid}h2,h3,caption{break-after:avoid}}
`;

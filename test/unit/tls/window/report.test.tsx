import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { GradeBadge } from '../../../../renderer/tls/GradeBadge';
import { Differences } from '../../../../renderer/tls/report/Differences';
import { Disclosure } from '../../../../renderer/tls/report/Disclosure';
import { FeaturesPart } from '../../../../renderer/tls/report/FeaturesPart';
import { ProtocolsPart, SuitesPart } from '../../../../renderer/tls/report/ProtocolsPart';
import { VerdictPart } from '../../../../renderer/tls/report/VerdictPart';
import { VulnerabilitiesPart } from '../../../../renderer/tls/report/VulnerabilitiesPart';
import { exampleScan } from './exampleScans';

afterEach(cleanup);

test('the verdict names every cap and warning, not only the one that decides', () => {
  render(<VerdictPart result={exampleScan()} />);
  const reasons = screen.getByRole('list', { name: 'What lowers the grade' });
  expect(within(reasons).getAllByRole('listitem')).toHaveLength(3);
  expect(reasons.textContent).toContain('At most B');
  expect(reasons.textContent).toContain('HSTS is sent without subdomains.');
});

test('a profile counts as unsatisfied only where every one fails', () => {
  const scan = exampleScan();
  const open = { value: 'cannot-tell', reason: 'Some suites are unknown.' } as const;
  const profiles = scan.profiles.map((profile) => ({ ...profile, verdict: open }));
  render(<VerdictPart result={{ ...scan, profiles }} />);
  const fact = () => screen.getByText('Mozilla profile').nextElementSibling?.textContent;
  expect(fact()).toBe('Cannot tell');
  cleanup();
  render(<VerdictPart result={{ ...scan, profiles: [] }} />);
  expect(fact()).toBe('Cannot tell');
  cleanup();
  const fail = { value: 'fail', reason: 'TLS 1.0 is offered.' } as const;
  const failing = scan.profiles.map((profile) => ({ ...profile, verdict: fail }));
  render(<VerdictPart result={{ ...scan, profiles: failing }} />);
  expect(fact()).toBe('Satisfies none');
});

test('a grade that could not be given says what is missing', () => {
  const scan = exampleScan();
  const grade = { ...scan.grade, letter: null, score: null, missing: ['the certificate'] };
  render(<VerdictPart result={{ ...scan, grade }} />);
  expect(screen.getByText(/No grade: the certificate could not be told/)).toBeTruthy();
  expect(screen.getByText(/not scored/)).toBeTruthy();
});

test('an endpoint that did not answer is neither good nor bad', () => {
  const result = exampleScan({ reachable: false, unreachable: 'Connection refused.' });
  render(<VerdictPart result={result} />);
  expect(screen.getByText(/Connection refused.*neither good nor bad/)).toBeTruthy();
  expect(screen.queryByText('Score')).toBeNull();
});

test('a version that is refused, offered, or not known reads differently', () => {
  render(<ProtocolsPart result={exampleScan({ unknown: ['TLS1.1'] })} />);
  const row = (name: string) => screen.getByRole('rowheader', { name }).closest('tr')?.textContent;
  expect(row('TLS 1.3')).toContain('Offered');
  expect(row('SSL 3')).toContain('Not offered');
  expect(row('TLS 1.1')).toContain('Cannot tell');
  expect(row('TLS 1.1')).toContain('reset three times');
});

test('an incomplete list of suites says that it may be longer', () => {
  const scan = exampleScan();
  const protocols = scan.protocols.map((one) => ({ ...one, suitesComplete: false, why: 'slow' }));
  render(<SuitesPart result={{ ...scan, protocols }} />);
  expect(screen.getAllByText(/The list may be longer: slow/).length).toBeGreaterThan(0);
});

test('a feature that could not be told never reads as no', () => {
  render(<FeaturesPart result={exampleScan()} />);
  const label = screen.getByText('Renegotiation by the client');
  expect(label.nextElementSibling?.textContent).toBe(
    'Cannot tell: the server closed before it answered',
  );
});

test('the letter is never without its word', () => {
  render(<GradeBadge grade="T" />);
  expect(screen.getByText('Not trusted')).toBeTruthy();
  render(<GradeBadge grade="unknown" />);
  expect(screen.getByText('Cannot tell')).toBeTruthy();
});

test('what is closed on the screen is open on paper', () => {
  render(<Disclosure summary="More">Inside</Disclosure>);
  const inside = screen.getByText('Inside');
  expect(inside.className).toContain('hidden');
  expect(inside.className).toContain('print:block');
  fireEvent.click(screen.getByRole('button', { name: 'More' }));
  expect(inside.className).not.toContain('hidden');
});

test('what is to be changed is told by what is to be done, each thing once', () => {
  const remove = (what: string) => ({ kind: 'remove', about: 'suites', what }) as const;
  render(
    <Differences
      none="Nothing"
      differences={[
        remove('TLS_RSA_WITH_RC4_128_SHA'),
        { kind: 'add', about: 'versions', what: 'TLS 1.3' },
        remove('TLS_RSA_WITH_NULL_SHA'),
        remove('TLS_RSA_WITH_RC4_128_SHA'),
      ]}
    />,
  );
  expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['Take away', 'Add']);
  expect(screen.getByText('suites (2)')).toBeTruthy();
  expect(screen.getAllByRole('listitem')).toHaveLength(3);
});

test('a hole that was found says why it matters and how to close it, the others do not', () => {
  const scan = exampleScan();
  render(<VulnerabilitiesPart result={scan} />);
  const found = scan.vulnerabilities.filter(({ verdict }) =>
    ['vulnerable', 'potential'].includes(verdict),
  );
  expect(screen.getAllByText('How to close it')).toHaveLength(found.length);
  const lines = screen.getAllByRole('listitem').map((line) => line.textContent ?? '');
  expect(lines[0]).toContain('Vulnerable');
  expect(lines.find((line) => line.startsWith('RC4'))).toContain('ssl_protocols TLSv1.2 TLSv1.3;');
  expect(lines.find((line) => line.startsWith('Heartbleed'))).not.toContain('How to close it');
});

import { expect, it } from 'vitest';
import { unknownsOf } from '../../../../renderer/tls/report/unknowns';
import { exampleScan } from './exampleScans';

it('lists everything that could not be told, with its reason', () => {
  const found = unknownsOf(exampleScan({ unknown: ['TLS1.1'] }));
  expect(found).toEqual([
    { what: 'TLS 1.1', why: 'the connection was reset three times' },
    { what: 'Renegotiation by the client', why: 'the server closed before it answered' },
    { what: 'ROBOT', why: 'The server answered after the time limit, three times.' },
    { what: 'Trust by system', why: 'The system store could not be read.' },
    { what: 'Revocation', why: 'Asking over the network is switched off.' },
  ]);
});

it('names a list that may be longer, and a grade that lacks something', () => {
  const scan = exampleScan();
  const found = unknownsOf({
    ...scan,
    groupsComplete: false,
    protocols: scan.protocols.map((one) => ({ ...one, suitesComplete: false })),
    grade: { ...scan.grade, letter: null, missing: ['the chain of trust'] },
  });
  const names = found.map(({ what }) => what);
  expect(names).toContain('All key exchange groups');
  expect(names).toContain('All suites of TLS 1.2');
  // A version that is refused has no suites to be complete.
  expect(names).not.toContain('All suites of TLS 1.1');
  expect(found).toContainEqual({ what: 'Grade', why: 'the chain of trust' });
});

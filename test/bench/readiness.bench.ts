import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { checks } from '../../shared/model/readiness/checks/index';
import { judgeCheck } from '../../shared/model/readiness/judge/judgeCheck';
import type { ReadinessEvidence } from '../../shared/model/readiness/sources';
import { exampleRows } from '../unit/keys/exampleRows';
import {
  attested,
  contextAt,
  drills,
  endpoint,
  keyScope,
  scannedEndpoint,
  trails,
} from '../unit/readiness/fixtures/evidence';
import { recordFigures } from './figures';

const keyCount = 10_000;
const endpointCount = 500;

it('judges every check over 10,000 keys and 500 endpoints', () => {
  const evidence: ReadinessEvidence = {
    keys: [keyScope(exampleRows(keyCount))],
    tls: Array.from({ length: endpointCount }, (_, index) => ({
      ...scannedEndpoint(),
      endpoint: { ...endpoint, id: `e-${index}` },
    })),
    ...trails(),
    ...drills(),
    ...attested('procedure-documented'),
  };
  const context = contextAt(1);
  const all: number[] = [];
  let longest = 0;
  for (let run = 0; run < 5; run += 1) {
    const startedAt = performance.now();
    for (const check of checks) {
      const from = performance.now();
      const { items } = judgeCheck(check, evidence, context);
      longest = Math.max(longest, performance.now() - from);
      if (check.group === 'keys') expect(items).toHaveLength(keyCount);
    }
    all.push(performance.now() - startedAt);
  }
  recordFigures('Readiness', [
    {
      what: `All ${checks.length} checks over 10,000 keys and 500 endpoints, the slowest of five`,
      value: Math.max(...all),
      unit: 'ms',
      goal: 'under 1,000 ms',
    },
    {
      what: 'The longest single check: so long the event loop is held',
      value: longest,
      unit: 'ms',
      goal: 'under 50 ms',
    },
  ]);
});

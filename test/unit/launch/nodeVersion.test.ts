import { expect, test } from 'vitest';
import { nodeComplaint } from '../../../electron/launch/nodeVersion.mjs';

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0', '100.0.0'])('Node %s will do', (version) => {
  expect(nodeComplaint(version)).toBeUndefined();
});

test.each(['20.18.9', '18.20.0', '8.0.0', '', 'rubbish'])('Node %s is too old', (version) => {
  expect(nodeComplaint(version)).toContain('20.19');
});

import { expect, it } from 'vitest';
import { keysUnlogged } from '../../../shared/model/events/watch/keysUnlogged';

const put = (requestParameters: unknown) => keysUnlogged({ requestParameters });
const kms = ['kms.amazonaws.com'];
const fields = (notEquals: string[]) => ({
  advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventSource', notEquals }] }],
});

it('sees KMS left out by classic and by advanced selectors', () => {
  expect(put({ eventSelectors: [{}, { excludeManagementEventSources: kms }] })).toBe('yes');
  expect(put(fields(kms))).toBe('yes');
});

it('is quiet where another service is left out, or none', () => {
  expect(put(fields(['rdsdata.amazonaws.com']))).toBe('no');
  expect(put({ eventSelectors: [{ excludeManagementEventSources: [] }] })).toBe('no');
});

it('cannot tell without selectors', () => {
  expect(put({ trailName: 'main' })).toBe('cannot-tell');
  expect(keysUnlogged(null)).toBe('cannot-tell');
});

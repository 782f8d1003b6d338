import { act, renderHook } from '@testing-library/react';
import * as fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { navigate, parseHash, usePlace, useQuery } from '../../../renderer/app/location';
import { createPlaces } from '../../../renderer/app/places';

beforeEach(() => history.replaceState(null, '', '#/keys'));

test.each([
  ['', '/', ''],
  ['#', '/', ''],
  ['#/keys', '/keys', ''],
  ['#keys', '/keys', ''],
  ['#/keys?state=Enabled&q=a?b', '/keys', 'state=Enabled&q=a?b'],
])('the hash %j is path %j and search %j', (hash, path, search) => {
  expect(parseHash(hash)).toEqual({ path, search });
});

test('every hash gives a place, and a place survives being written and read', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const place = parseHash(text);
      expect(place.path.startsWith('/')).toBe(true);
      expect(parseHash(`#${place.path}?${place.search}`)).toEqual(place);
    }),
  );
});

test('going somewhere adds a step, replacing does not', () => {
  const { result } = renderHook(() => usePlace());
  const steps = history.length;
  act(() => navigate('/journal'));
  expect(result.current).toEqual({ path: '/journal', search: '' });
  expect(history.length).toBe(steps + 1);
  act(() => navigate('/journal?kind=action', { replace: true }));
  expect(result.current.search).toBe('kind=action');
  expect(history.length).toBe(steps + 1);
});

test('going where one is already adds no step', () => {
  const steps = history.length;
  navigate('/keys');
  expect(history.length).toBe(steps);
});

test('a query is changed without leaving the path', () => {
  const { result } = renderHook(() => useQuery());
  act(() => result.current[1](new URLSearchParams({ entry: '12' })));
  expect(location.hash).toBe('#/keys?entry=12');
  expect(result.current[0].get('entry')).toBe('12');
});

test('a feature remembers its last place', () => {
  const places = createPlaces();
  expect(places.last('/keys')).toBe('/keys');
  places.visit({ path: '/keys', search: 'state=Disabled' });
  places.visit({ path: '/journal', search: '' });
  expect(places.last('/keys')).toBe('/keys?state=Disabled');
  expect(places.last('/journal')).toBe('/journal');
});

test('the first view of a feature keeps its filters while another view is looked at', () => {
  const places = createPlaces();
  expect(places.lastFirstView('/readiness')).toBe('/readiness');
  places.visit({ path: '/readiness', search: 'verdict=fail' });
  places.visit({ path: '/readiness/pitfalls/tls', search: '' });
  expect(places.last('/readiness')).toBe('/readiness/pitfalls/tls');
  expect(places.lastFirstView('/readiness')).toBe('/readiness?verdict=fail');
});

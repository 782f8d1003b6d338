import { useMemo } from 'react';
import { formatKeyPlace, parseKeyPlace, type KeyPlace } from '../../shared/model/keyPlace';
import { navigate, usePlace } from '../app/location';

/**
 * Where the operator is on the key screen, as the URL hash says it, and the function that goes
 * elsewhere. With `replace` the back button does not stop at the present place.
 */
export function useKeyPlace(): [KeyPlace, (place: KeyPlace, replace?: boolean) => void] {
  const { search } = usePlace();
  const place = useMemo(() => parseKeyPlace(search), [search]);
  return [place, goTo];
}

function goTo(place: KeyPlace, replace = false): void {
  const search = formatKeyPlace(place);
  navigate(search ? `/keys?${search}` : '/keys', { replace });
}

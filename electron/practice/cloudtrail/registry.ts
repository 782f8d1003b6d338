import type { TrailOperation } from './context';
import { getEventSelectors, putEventSelectors } from './operations/eventSelectors';
import { listPublicKeys, lookupEventsOperation } from './operations/events';
import { getTrailStatus, startLogging, stopLogging } from './operations/logging';
import { addTags, listTags, removeTags } from './operations/tags';
import {
  createTrail,
  deleteTrail,
  describeTrails,
  getTrail,
  listTrails,
  updateTrail,
} from './operations/trails';

/** Every operation that the practice CloudTrail answers, by name. */
export const trailOperations: ReadonlyMap<string, TrailOperation> = new Map(
  [
    lookupEventsOperation,
    listPublicKeys,
    createTrail,
    updateTrail,
    deleteTrail,
    describeTrails,
    getTrail,
    listTrails,
    startLogging,
    stopLogging,
    getTrailStatus,
    putEventSelectors,
    getEventSelectors,
    addTags,
    listTags,
    removeTags,
  ].map((one) => [one.name, one]),
);

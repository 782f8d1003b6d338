/** The times by which CloudTrail works, in milliseconds. */
export const slotMs = 5 * 60_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** An event can be found, and a log file arrives, so long after the event. */
export const deliveryLagMs = 5 * 60_000;
/** LookupEvents goes back so far. */
export const lookupDays = 90;

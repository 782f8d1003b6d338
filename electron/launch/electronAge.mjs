// @ts-check

/** Electron brings Chromium's security fixes every one to two weeks; after this many days some are missing. */
export const warnAfterDays = 30;
/** A package with an Electron of this age is not made. */
export const refuseAfterDays = 60;

/**
 * How old a release of Electron is, and the sentence to say of it if it is too old.
 * @param {{ version: string, released: string }} release Version and ISO date (electronRelease.json).
 * @param {Date} now
 * @returns {{ days: number, complaint?: string, refused: boolean }}
 */
export function electronAge({ version, released }, now) {
  const days = Math.floor((now.getTime() - Date.parse(released)) / 86_400_000);
  // Whatever is no number of days is no proof of freshness.
  if (days <= warnAfterDays) return { days, refused: false };
  const complaint = `Electron ${version} was released ${Number.isNaN(days) ? 'at an unknown date' : `${days} days ago`}: look for the newest patch of a supported major version.`;
  return { days, complaint, refused: !(days <= refuseAfterDays) };
}

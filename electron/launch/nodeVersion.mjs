// @ts-check

/**
 * The sentence for a Node that is too old to start the program with, or undefined.
 * @param {string} version `20.19.0`
 * @returns {string | undefined}
 */
export function nodeComplaint(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `This is Node ${version}; Claviger needs Node 20.19 or newer. Install a newer Node and start again.`;
}

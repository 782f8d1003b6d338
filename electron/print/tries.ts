export interface Try {
  readonly program: string;
  /** Before the app's folder. */
  readonly args: readonly string[];
}

/**
 * How to start Electron for printing, the likeliest first. On Linux without any display; a screen in
 * memory is for an Electron that cannot do without.
 */
export function tries(
  executable: string,
  machine: Pick<NodeJS.Process, 'platform' | 'getuid'>,
): readonly Try[] {
  const flags = [...(machine.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'];
  if (machine.platform === 'win32' || machine.platform === 'darwin') {
    return [{ program: executable, args: flags }];
  }
  return [
    { program: executable, args: [...flags, '--ozone-platform=headless'] },
    { program: 'xvfb-run', args: ['-a', executable, ...flags] },
  ];
}

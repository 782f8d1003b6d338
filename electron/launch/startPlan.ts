export interface StartPlan {
  /** False where no window can open; the notes say why and what can be done instead. */
  readonly opens: boolean;
  readonly notes: readonly string[];
  /** Electron's own, before the app's folder. */
  readonly flags: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** How to start the window on this machine, from facts alone. */
export function startPlan(machine: {
  platform: string;
  isRoot: boolean;
  env: NodeJS.ProcessEnv;
}): StartPlan {
  const { platform, isRoot, env } = machine;
  const needsDisplay = platform !== 'win32' && platform !== 'darwin';
  if (needsDisplay && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) {
    return {
      opens: false,
      notes: [
        'There is no display to open a window on (DISPLAY is not set). Without one, use the command line: node dist/cli.js --help. ' +
          'To open the window on a screen in memory: xvfb-run -a npm start.',
      ],
      flags: [],
      env,
    };
  }
  return {
    opens: true,
    notes: isRoot ? [rootNote] : [],
    flags: isRoot ? ['--no-sandbox'] : [],
    env: without(env, unwantedVariables),
  };
}

const rootNote =
  'You are root: Chromium cannot use its sandbox, so the window runs without it. Start as a normal user for anything but trying.';

/** Set by terminals inside Electron programs; either would make Electron something else than our window. */
const unwantedVariables = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ATTACH_CONSOLE'];

function without(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}

// What the evaluation runtime runs first: it has no default app of its own, so that `electron APPDIR`
// would do nothing. This file is copied into the runtime's `resources/app` and takes that part.
// eslint-disable-next-line no-restricted-imports -- it runs inside Electron, not in the launcher
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { appDir, preload, askedVersion } = parseArguments(process.argv.slice(1));

if (askedVersion) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
if (!appDir) {
  console.error('Usage: electron [flags] APPDIR [arguments of the app]');
  process.exit(2);
}

const manifest = JSON.parse(readFileSync(join(appDir, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(appDir);
process.defaultApp = true;

// Playwright asks with `-r` for a module that holds back the app's start until it is connected.
for (const module of preload) createRequire(join(process.cwd(), 'x'))(module);

// Electron is not ready before this module has ended, so the app's main can still do what must be
// done before: hence `await`.
await import(pathToFileURL(join(appDir, manifest.main ?? 'index.js')).href);

function parseArguments(args) {
  const modules = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i];
    if (arg === '-r' || arg === '--require') modules.push(args[(i += 1)]);
    else if (arg === '-v' || arg === '--version') return { preload: modules, askedVersion: true };
    else if (!arg.startsWith('-')) return { preload: modules, appDir: resolve(arg) };
  }
  return { preload: modules };
}

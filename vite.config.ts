import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import { beginBuild } from './electron/launch/build.mjs';
import { version } from './package.json';

const root = fileURLToPath(new URL('.', import.meta.url));
const path = (name: string) => join(root, name);

/**
 * What a Node bundle leaves to the runtime: Node's and Electron's own modules, and the SQLite drop-in,
 * whose native part is loaded from its package and only where `node:sqlite` is missing.
 */
const external = [
  'electron',
  '@photostructure/sqlite',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** A bundle for Node or Electron's main process; unminified, so that a stack trace can be read. */
function nodeBundle(
  outDir: string,
  input: Record<string, string>,
  format: 'es' | 'cjs',
): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, conditions: ['node'], external },
    build: {
      outDir: path(outDir),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, path(file)])),
        external,
        output: {
          format,
          entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  };
}

/** One file for the whole build: the window's page, main, preload and the command line. */
export default defineConfig({
  // The page's folder, so that its index.html becomes dist/renderer/index.html.
  root: path('renderer'),
  base: './',
  publicDir: false,
  plugins: [react(), tailwindcss(), finish()],
  environments: {
    client: {
      build: {
        outDir: path('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        sourcemap: false,
        modulePreload: false,
        // Nothing is inlined: the page's CSP knows no `data:`.
        assetsInlineLimit: 0,
        // Loaded from the disk, in one piece.
        chunkSizeWarningLimit: 2_000,
        rolldownOptions: { input: path('renderer/index.html') },
      },
    },
    preload: nodeBundle('dist/preload', { preload: 'electron/preload.ts' }, 'cjs'),
    main: nodeBundle(
      'dist',
      {
        'main/main': 'electron/main.ts',
        'main/drills-worker': 'electron/drills/worker.ts',
        'main/envelope-worker': 'electron/envelope/worker.ts',
        'main/events-worker': 'electron/events/worker.ts',
        'main/events-parser': 'electron/events/parse/worker.ts',
        'main/events-proof': 'electron/events/digest/thread/worker.ts',
        'main/practice-worker': 'electron/practice/worker.ts',
        'main/secrets-worker': 'electron/secrets/worker.ts',
        'main/tls-worker': 'electron/tls/worker.ts',
        'print/main': 'electron/window/printApp.ts',
        cli: 'electron/cli.ts',
      },
      'es',
    ),
    launch: nodeBundle(
      'dist/launch',
      {
        start: 'electron/launch/start.ts',
        test: 'electron/launch/test.ts',
        bench: 'electron/launch/bench.ts',
        runtime: 'electron/launch/runtime.ts',
      },
      'es',
    ),
  },
  builder: {
    async buildApp(builder) {
      const stamp = beginBuild(root);
      const outputs: string[] = [];
      for (const name of ['launch', 'preload', 'client', 'main']) {
        const environment = builder.environments[name];
        if (!environment) throw new Error(`There is no environment ${name}.`);
        const { outDir } = environment.config.build;
        for (const output of [await builder.build(environment)].flat()) {
          if (!('output' in output)) continue;
          outputs.push(...output.output.map((file) => relative(root, join(outDir, file.fileName))));
        }
      }
      stamp.done(outputs);
    },
  },
});

/** Makes what prints an app of its own and the command line executable, and removes chunks of earlier builds, which nothing names any more. */
function finish(): Plugin {
  return {
    name: 'claviger:finish',
    generateBundle(_options, bundle) {
      if (!bundle['print/main.js']) return;
      const source = `${JSON.stringify({ name: 'claviger-print', version, type: 'module', main: 'main.js' })}\n`;
      this.emitFile({ type: 'asset', fileName: 'print/package.json', source });
    },
    writeBundle({ dir = '' }, bundle) {
      if (bundle['cli.js']) chmodSync(`${dir}/cli.js`, 0o755);
      const chunks = `${dir}/chunks`;
      if (!existsSync(chunks)) return;
      for (const file of readdirSync(chunks)) {
        if (!bundle[`chunks/${file.replace(/\.map$/, '')}`]) rmSync(`${chunks}/${file}`);
      }
    },
  };
}

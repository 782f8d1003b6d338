import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

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
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
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
  root,
  base: './',
  publicDir: false,
  plugins: [react(), tailwindcss()],
  environments: {
    client: {
      build: {
        outDir: 'dist/renderer',
        emptyOutDir: true,
        target: 'chrome130',
        sourcemap: false,
        modulePreload: false,
        assetsInlineLimit: 0,
        rolldownOptions: { input: 'renderer/index.html' },
      },
    },
    preload: nodeBundle('dist/preload', { preload: 'electron/preload.ts' }, 'cjs'),
    main: nodeBundle(
      'dist',
      {
        'main/main': 'electron/main.ts',
        'main/practice-worker': 'electron/practice/worker.ts',
        cli: 'electron/cli.ts',
      },
      'es',
    ),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
    },
  },
});

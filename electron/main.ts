import { homedir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  Menu,
  nativeTheme,
  Notification,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { devDependencies, version } from '../package.json';
import { defaultDataDir } from './dataDir';
import { deferDispatcher } from './ipc/deferred';
import { openLog } from './log/log';
import { prepareSession, sessionName } from './window/appSession';
import { deepLinkScheme, findDeepLink, parseDeepLink } from './window/deepLinks';
import { createOpenExternal } from './window/externalLinks';
import { createAsk, watchProcess } from './window/failures';
import { createForkProcess } from './window/forkProcess';
import { guardAllContents } from './window/guards';
import { createNotify } from './window/notify';
import { createMainWindow } from './window/mainWindow';
import { menuTemplate } from './window/menu';
import { quitAfter } from './window/quit';
import { aboutVersion, describeRuntime } from './window/runtime';
import { createPickPaths } from './window/pickPaths';
import { createPrintPage } from './window/printPage';
import { createKeychain } from './window/keychain';
import { createSaveFile } from './window/saveFile';
import { appSchemeRegistration } from './window/scheme';

const dataDir = defaultDataDir(process.env);
const log = openLog({ folder: dataDir, now: () => new Date() });
const ask = createAsk(dialog, () => BrowserWindow.getAllWindows()[0]);
let link = findDeepLink(process.argv);

// Chromium's own files stay apart from ours. Its folder is also what tells one instance from another.
app.setPath('userData', join(dataDir, 'chromium'));

if (app.requestSingleInstanceLock()) {
  watchProcess(process, app, ask, log);
  protocol.registerSchemesAsPrivileged([appSchemeRegistration]);
  // Chromium cannot sandbox as root (a container): whoever is root has to say --no-sandbox, and this
  // call would take it back and crash every process. The page itself is sandboxed in any case.
  if (process.getuid?.() !== 0) app.enableSandbox();
  guardAllContents(app, log);
  app.on('open-url', (event, url) => {
    event.preventDefault();
    link = url;
  });
  // Not `await`: at the top level of a module it would keep Electron from ever becoming ready.
  void app.whenReady().then(start);
} else {
  app.quit(); // the instance that runs gets our arguments as `second-instance`
}

/** Longest wait for the page's script to be asked for, in milliseconds, before the services are opened all the same. */
const pageMs = 3000;

/**
 * Opens the window at once. The services, with the database and AWS behind them, follow when the page
 * has its script: it runs in its own process meanwhile.
 */
function start(): void {
  // The AWS SDK's warning that it will ask for a newer Node: for us, not for who starts the program.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const runtime = describeRuntime(process, devDependencies.electron);
  const openExternal = createOpenExternal(shell);
  let pageServed = () => {};
  const page = new Promise<void>((resolve) => (pageServed = resolve));
  setTimeout(pageServed, pageMs);
  let windowPictured = () => {};
  const pictured = new Promise<void>((resolve) => (windowPictured = resolve));
  const services = page.then(async () => {
    await nextTurn(); // the script's bytes go out first
    const { openServices } = await import('./services');
    return openServices({
      dataDir,
      env: process.env,
      homeDir: homedir(),
      version,
      runtime: runtime.info,
      practice: true,
      realAccounts: runtime.realAccounts,
      keychain: () => createKeychain(safeStorage, process.platform),
      host: {
        saveFile: createSaveFile({
          dialog,
          window: () => mainWindow.current(),
          folder: app.getPath('documents'),
        }),
        pickPaths: createPickPaths({ dialog, window: () => mainWindow.current() }),
        printPage: createPrintPage(() => mainWindow.current(), nativeTheme),
        startBeside: createForkProcess(utilityProcess, log),
        pictured,
        copyText: (text) => clipboard.writeText(text),
        openExternal,
        notify: createNotify({
          supported: () => Notification.isSupported(),
          create: (note) => new Notification(note),
          navigate,
        }),
        canNotify: () => Notification.isSupported(),
        settingsChanged: ({ theme }) => mainWindow.setTheme(theme),
      },
      log,
    });
  });

  const mainWindow = createMainWindow({
    create: (options) => new BrowserWindow(options),
    session: prepareSession(session.fromPartition(sessionName, { cache: false }), {
      rendererDir: join(import.meta.dirname, '../renderer'),
      isPackaged: app.isPackaged,
      onServed: (url) => url.endsWith('.js') && pageServed(),
      log,
    }),
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    isPackaged: app.isPackaged,
    nativeTheme,
    screen,
    ask,
    dataDir,
    onPictured: () => windowPictured(),
    dispatcher: deferDispatcher(services.then(({ dispatcher }) => dispatcher)),
    log,
  });

  /** A place is opened with the window, or shown in the one that is open. */
  function navigate(hash: string): void {
    if (mainWindow.show(hash)) return;
    void services.then(
      ({ emit }) => emit({ kind: 'navigate', hash }),
      () => {}, // told to the operator by quitAfter
    );
  }
  function follow(url: string | undefined): void {
    const hash = url === undefined ? undefined : parseDeepLink(url);
    if (url !== undefined && hash === undefined) log('warn', 'refused: deep link');
    if (hash === undefined) mainWindow.show();
    else navigate(hash);
  }

  follow(link);
  // Node makes the classes of fetch when they are first used, which takes a while: now, while the page's process starts.
  void new Response();
  app.on('second-instance', (_event, argv) => follow(findDeepLink(argv)));
  app.on('open-url', (_event, url) => follow(url));
  app.on('activate', () => mainWindow.show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  quitAfter(app, services, ask, log);

  if (app.isPackaged) app.setAsDefaultProtocolClient(deepLinkScheme);
  app.setAboutPanelOptions({
    applicationName: 'Claviger',
    applicationVersion: aboutVersion(version, runtime.info),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        isPackaged: app.isPackaged,
        navigate,
        openExternal: (url) => void openExternal(url).catch((error) => log('warn', 'page', error)),
      }),
    ),
  );
}

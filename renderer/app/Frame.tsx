import { useEffect, useRef, useState } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { isMac, Toasts } from '../ui';
import { Banners } from './Banners';
import { CheatSheet } from './CheatSheet';
import { useApp } from './context';
import { ErrorBoundary } from './ErrorBoundary';
import { features } from './features';
import { frameCommands } from './frameCommands';
import { listenToKeyboard } from './keyboard';
import { usePlace } from './location';
import { MfaDialog } from './MfaDialog';
import { Navigation } from './Navigation';
import { Palette } from './Palette';
import { TitleBar } from './TitleBar';

/** The window's frame: navigation left, title bar above, the feature's screen in the rest. */
export function Frame() {
  const app = useApp();
  const [open, setOpen] = useState<'palette' | 'shortcuts'>();
  const main = useRef<HTMLElement>(null);
  const place = usePlace();
  const { path } = place;

  useEffect(
    () =>
      app.commands.register(() =>
        frameCommands(app, {
          openPalette: () => setOpen((now) => (now === 'palette' ? undefined : 'palette')),
          openShortcuts: () => setOpen('shortcuts'),
        }),
      ),
    [app],
  );
  useEffect(() => listenToKeyboard(document, () => app.commands.all(), isMac()), [app]);
  useEffect(() => app.places.visit(place), [app, place]);
  useScreenFocus(path, main);

  return (
    <div className="flex h-full">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-accent-ink focus:translate-y-0 print:hidden"
      >
        Skip to content
      </a>
      <Navigation onShortcuts={() => setOpen('shortcuts')} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TitleBar onPalette={() => setOpen('palette')} />
        <Banners />
        <main
          ref={main}
          id="main"
          tabIndex={-1}
          // Clipped: a label for assistive technology far down a list must not let the whole frame scroll.
          className="relative flex min-h-0 flex-1 flex-col overflow-clip bg-surface outline-none print:overflow-visible"
        >
          <ErrorBoundary key={featureAt(path)?.path}>
            <Switch>
              {features.map(({ path: base, Screen }) => (
                <Route key={base} path={`${base}/*?`} component={Screen} />
              ))}
              <Route>
                <Redirect to={features[0].path} replace />
              </Route>
            </Switch>
          </ErrorBoundary>
        </main>
      </div>
      <Palette open={open === 'palette'} onClose={() => setOpen(undefined)} />
      <CheatSheet open={open === 'shortcuts'} onClose={() => setOpen(undefined)} />
      <MfaDialog />
      <Toasts toaster={app.toaster} />
    </div>
  );
}

/** Names the window after its screen, and moves the focus there when the screen changes. */
function useScreenFocus(path: string, main: { current: HTMLElement | null }): void {
  const feature = featureAt(path);
  const shown = useRef(feature);
  useEffect(() => {
    document.title = feature ? `${feature.title} - Claviger` : 'Claviger';
    if (shown.current === feature) return;
    // A screen that takes the focus by itself (its list, its search) keeps it.
    if (shown.current && !main.current?.contains(document.activeElement)) main.current?.focus();
    shown.current = feature;
  }, [feature, main]);
}

function featureAt(path: string) {
  return features.find(({ path: base }) => path === base || path.startsWith(`${base}/`));
}

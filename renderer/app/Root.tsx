import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import { useMemo } from 'react';
import { Router } from 'wouter';
import { UiProvider } from '../ui';
import { AppProvider, useSettings, type App } from './context';
import { copyText } from './copy';
import { Frame } from './Frame';
import { useHashPath, useHashSearch } from './location';
import { useTheme } from './theme';

/** The whole window around an App. */
export function Root({ app }: { app: App }) {
  return (
    // The page's policy allows no style element: shared styles of Base UI stand in styles.css.
    <CSPProvider disableStyleElements>
      <AppProvider app={app}>
        {/* oxlint-disable-next-line react/hooks -- wouter takes its location as a hook */}
        <Router hook={useHashPath} searchHook={useHashSearch} hrefs={(href) => `#${href}`}>
          <Tooltip.Provider delay={350} timeout={300}>
            <Environment app={app} />
          </Tooltip.Provider>
        </Router>
      </AppProvider>
    </CSPProvider>
  );
}

function Environment({ app }: { app: App }) {
  const [{ timeZone }] = useSettings();
  useTheme();
  const environment = useMemo(
    () => ({
      timeZone,
      copy: (text: string, label: string) => void copyText(app, text, label),
    }),
    [app, timeZone],
  );
  return (
    <UiProvider environment={environment}>
      <Frame />
    </UiProvider>
  );
}

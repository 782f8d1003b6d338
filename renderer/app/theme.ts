import { useEffect } from 'react';
import { useSettings } from './context';

/** Puts theme and density of the settings on the document; `system` follows the operating system. */
export function useTheme(): void {
  const [{ theme, density }] = useSettings();
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.density = density;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme, density]);
}

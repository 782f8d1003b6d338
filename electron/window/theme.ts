import type { NativeTheme } from 'electron';

export type Theme = NativeTheme['themeSource'];

/** `--canvas` of renderer/styles.css, light and dark: what is seen before the page's first picture. */
export const canvasColours = { light: '#f5f6f7', dark: '#0f1114' } as const;

/** The colour of a window's background under the theme of the moment. */
export function canvasColour(nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>): string {
  return nativeTheme.shouldUseDarkColors ? canvasColours.dark : canvasColours.light;
}

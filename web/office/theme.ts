import { Anchor, createTheme, DEFAULT_THEME, Drawer, Modal, Notification } from '@mantine/core';
import type { CSSVariablesResolver } from '@mantine/core';

const CLOSE = { 'aria-label': 'Close' };

/** The office's colours, as the visitor's page has them. */
export const theme = createTheme({
  primaryColor: 'harbor',
  primaryShade: 8,
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    "'Avenir Next', 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif",
  components: {
    // Told from the words around it without its colour.
    Anchor: Anchor.extend({ defaultProps: { underline: 'always' } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: CLOSE } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: CLOSE } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: CLOSE } }),
  },
  colors: {
    harbor: [
      '#e8f5f6',
      '#d3e8ea',
      '#a5d0d4',
      '#7cc3ca',
      '#4da2aa',
      '#33949d',
      '#228c96',
      '#0f7883',
      '#0b6472',
      '#084b56',
    ],
  },
});

/** Of a badge and its like: as dark as its words must be on its pale ground. */
const ON_PALE = Object.fromEntries(
  [...Object.keys(DEFAULT_THEME.colors), 'harbor'].map((color) => [
    `--mantine-color-${color}-light-color`,
    `color-mix(in srgb, var(--mantine-color-${color}-9) 70%, black)`,
  ]),
);

/** Words that the library draws too pale to be read by everybody (WCAG 2.2, 1.4.3). */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...ON_PALE,
    '--mantine-color-dimmed': '#545d66',
    '--mantine-color-placeholder': '#666f78',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0b6472',
    '--mantine-color-green-light-color': '#1e6b2e',
    '--mantine-color-orange-light-color': '#8a3b00',
    '--mantine-color-red-light-color': '#a61e16',
    '--mantine-color-blue-light-color': '#14548f',
    '--mantine-color-gray-light-color': '#495057',
  },
  dark: {
    '--mantine-color-dimmed': '#a6afb8',
    '--mantine-color-placeholder': '#8f98a1',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#7cc3ca',
  },
});

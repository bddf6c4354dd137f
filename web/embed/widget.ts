import { onColor } from './on-color.ts';
import type { EmbedOptions } from './options.ts';
import { STYLE } from './style.ts';

const SVG = 'http://www.w3.org/2000/svg';
const PHONE =
  'M6.6 3h3l1.5 5-2.2 1.5a12 12 0 0 0 5.6 5.6L16 12.9l5 1.5v3c0 1.4-1.1 2.6-2.6 2.6C10.9 20 4 13.1 4 5.6 4 4.1 5.2 3 6.6 3Z';

/** The button with the panel that it opens, in the host's page. */
export interface Widget {
  open: HTMLButtonElement;
  close: HTMLButtonElement;
  panel: HTMLElement;
  /** Below the panel's head. */
  room: HTMLElement;
  /** Says something to screen readers. */
  say: (text: string) => void;
  /** Under which keys are heard. */
  root: ShadowRoot;
}

/** Draws the button; nothing of the receptionist is loaded for it. */
export function drawWidget(options: EmbedOptions): Widget {
  const { words, language, label, side, color } = options;
  const host = document.createElement('div');
  host.lang = language;
  host.dataset['slotline'] = options.agent;
  host.dataset['side'] = side;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const open = button('open');
  open.append(icon(), label);
  open.setAttribute('aria-haspopup', 'dialog');
  open.setAttribute('aria-expanded', 'false');

  const panel = document.createElement('section');
  panel.className = 'panel';
  panel.hidden = true;
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', words.receptionist);
  const head = box('head');
  const title = document.createElement('span');
  title.textContent = words.receptionist;
  const close = button('close');
  close.textContent = words.close;
  head.append(title, close);
  const room = box('room');
  panel.append(head, room);

  const status = box('status');
  status.setAttribute('role', 'status');
  root.append(open, panel, status);
  document.body.append(host);
  if (color !== null) {
    host.style.setProperty('--accent', color);
    host.style.setProperty('--on-accent', onColor(getComputedStyle(open).backgroundColor));
  }
  return { open, close, panel, room, root, say: (text) => void (status.textContent = text) };
}

function button(className: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  return made;
}

function box(className: string): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  return made;
}

function icon(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PHONE);
  svg.append(path);
  return svg;
}

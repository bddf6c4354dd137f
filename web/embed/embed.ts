import { isFrameMessage } from './messages.ts';
import type { HostMessage } from './messages.ts';
import { readOptions } from './options.ts';
import type { EmbedOptions } from './options.ts';
import { drawWidget } from './widget.ts';
import type { Widget } from './widget.ts';

/*
 * `/embed.js`: a button on somebody's site that opens the receptionist in a frame. Built as one script
 * without parts, at most 15 KB; the receptionist itself is loaded by the click.
 */

/** Milliseconds in which the frame says that it is there: a site that is not allowed never hears it. */
const OPENS_WITHIN = 15_000;
/** Milliseconds in which it says goodbye. */
const CLOSES_WITHIN = 1_000;

/** Puts the button into the page and keeps it for as long as the page is there. */
function embed(options: EmbedOptions): void {
  const widget = drawWidget(options);
  const { open, close, panel, root } = widget;
  let frame: HTMLIFrameElement | null = null;
  let waiting: number | undefined;

  const show = (): void => {
    panel.hidden = false;
    open.hidden = true;
    open.setAttribute('aria-expanded', 'true');
    frame = makeFrame(options);
    widget.room.replaceChildren(frame);
    waiting = window.setTimeout(() => sayUnavailable(options, widget), OPENS_WITHIN);
    close.focus();
  };
  const hide = (): void => {
    window.clearTimeout(waiting);
    if (!frame) return;
    frame = null;
    widget.room.replaceChildren();
    panel.hidden = true;
    open.hidden = false;
    open.setAttribute('aria-expanded', 'false');
    widget.say(options.words.closed);
    open.focus();
  };
  /** The frame hangs up and tells the host; then it goes. */
  const askToClose = (): void => {
    const message: HostMessage = { source: 'slotline-host', type: 'close' };
    frame?.contentWindow?.postMessage(message, options.origin);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(hide, CLOSES_WITHIN);
  };

  open.addEventListener('click', show);
  close.addEventListener('click', askToClose);
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape' && frame) askToClose();
  });
  window.addEventListener('message', ({ source, origin, data }) => {
    const isOurs = frame !== null && source === frame.contentWindow && origin === options.origin;
    if (!isOurs || !isFrameMessage(data)) return;
    if (data.type === 'opened') {
      window.clearTimeout(waiting);
      widget.room.querySelector('.unavailable')?.remove();
      widget.say(options.words.opened);
      frame?.focus();
    }
    if (data.type === 'closed') hide();
  });
}

function makeFrame({ origin, agent, words }: EmbedOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = words.receptionist;
  // Its page asks for the microphone when its own button is pressed, and not before.
  frame.allow = 'microphone; autoplay';
  const address = new URL(`/embed/${encodeURIComponent(agent)}`, origin);
  address.searchParams.set('host', location.origin);
  frame.src = address.href;
  return frame;
}

function sayUnavailable({ origin, agent, words }: EmbedOptions, { room, say }: Widget): void {
  // oxlint-disable-next-line no-console -- whoever puts the button in looks there
  console.warn(
    `Slotline: the receptionist did not open. Is ${location.origin} among the allowed origins of the agent "${agent}", and ${origin} in your frame-src?`,
  );
  const text = document.createElement('p');
  text.className = 'unavailable';
  const link = document.createElement('a');
  link.href = `${origin}/a/${encodeURIComponent(agent)}`;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = words.elsewhere;
  text.append(words.unavailable, ' ', link);
  room.prepend(text);
  say(words.unavailable);
}

function start(script: HTMLScriptElement): void {
  const options = readOptions(script);
  if (!options) return;
  if (document.body) embed(options);
  else document.addEventListener('DOMContentLoaded', () => embed(options));
}

// While a classic script runs it is the current one; one that a loader inserted may be found by its name.
const script =
  document.currentScript ?? document.querySelector('script[data-agent][src*="/embed.js"]');
if (script instanceof HTMLScriptElement) start(script);

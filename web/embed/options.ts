import { wordsIn } from './words.ts';
import type { EmbedWords } from './words.ts';

/** What the script tag says. */
export interface EmbedOptions {
  /** Where Slotline is. */
  origin: string;
  /** The agent's slug. */
  agent: string;
  /** A CSS colour; null: the usual one. */
  color: string | null;
  side: 'left' | 'right';
  language: string;
  /** On the button. */
  label: string;
  words: EmbedWords;
}

/**
 * Reads the attributes of the script tag: `data-agent`, and where they are given `data-color`,
 * `data-position` (bottom-right, bottom-left), `data-language` and `data-label`.
 *
 * @returns null where it names no agent, which the console says
 */
export function readOptions(script: HTMLScriptElement): EmbedOptions | null {
  const { agent, color, position, language: asked, label } = script.dataset;
  if (!agent) {
    // oxlint-disable-next-line no-console -- whoever puts the button in looks there
    console.error('Slotline: the script tag needs data-agent, the name of your agent.');
    return null;
  }
  if (color !== undefined && !CSS.supports('color', color)) {
    // oxlint-disable-next-line no-console -- as above
    console.warn(`Slotline: data-color="${color}" is no CSS colour.`);
  }
  const { language, words } = wordsIn(asked ?? document.documentElement.lang);
  return {
    origin: new URL(script.src).origin,
    agent,
    color: color !== undefined && CSS.supports('color', color) ? color : null,
    side: position === 'bottom-left' ? 'left' : 'right',
    language,
    label: label ?? words.open,
    words,
  };
}

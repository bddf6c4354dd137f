import { LANGUAGES, isLanguage, toLanguage } from '../../calls/languages.ts';
import type { Language } from '../../calls/languages.ts';
import { recognise } from './recognise.ts';
import { sentencesIn } from './sentences/sentences-in.ts';
import type { Sentences } from './sentences/sentences.ts';

export interface SpokenLanguageOptions {
  /** What the call begins in: the agent's, BCP 47. */
  language: string;
  /** What it may change to; null: any that is spoken here. */
  allowed?: readonly string[] | null;
  /** What was spoken last in a call that was taken over. */
  earlier?: string | null;
}

/**
 * The language of one call. It begins as the agent's, and changes when the caller clearly speaks another
 * one: by one utterance that leaves no doubt, or by two in a row that tell.
 */
export class SpokenLanguage {
  readonly #agent: Language;
  readonly #allowed: readonly Language[];
  #now: Language;
  /** Another one, as the last utterance that told of any was in it. */
  #leaning: Language | null = null;
  #onChange: (language: Language) => void = () => {};

  constructor({ language, allowed = null, earlier = null }: SpokenLanguageOptions) {
    this.#agent = toLanguage(language);
    const others = LANGUAGES.filter((each) => allowed === null || allowed.includes(each));
    this.#allowed = [...new Set([this.#agent, ...others])];
    this.#now = isLanguage(earlier) && this.#allowed.includes(earlier) ? earlier : this.#agent;
  }

  /** What is spoken now. */
  get now(): Language {
    return this.#now;
  }

  /** What the business writes its own words in. */
  get ofAgent(): Language {
    return this.#agent;
  }

  /** All that may be spoken, the agent's first. */
  get allowed(): readonly Language[] {
    return this.#allowed;
  }

  /** The exact sentences of what is spoken now. */
  get sentences(): Sentences {
    return sentencesIn(this.#now);
  }

  /** Calls back when the language changes. */
  onChange(listener: (language: Language) => void): void {
    this.#onChange = listener;
  }

  /** The caller said something, in whole. */
  hear(utterance: string): void {
    const heard = recognise(utterance);
    if (heard === null || !this.#allowed.includes(heard.language)) return;
    const { language, isSure } = heard;
    if (language === this.#now) this.#leaning = null;
    else if (isSure || this.#leaning === language) this.#change(language);
    else this.#leaning = language;
  }

  #change(language: Language): void {
    this.#leaning = null;
    this.#now = language;
    this.#onChange(language);
  }
}

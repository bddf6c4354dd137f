import { calendarWords } from './day-words.ts';
import type { CallFacts } from './facts.ts';
import type { Falsehood, Verdict } from './judge.ts';
import { judgeSentence } from './judge-sentence.ts';
import { lexiconFor, lexiconsOfText } from './lexicon/lexicon.ts';
import type { Lexicon } from './lexicon/words.ts';
import { cutSentences } from './sentences.ts';

/** The sentence that is false, and why. */
export interface FalseSentence {
  text: string;
  why: Falsehood;
}

/**
 * What a model is about to say, as it comes in. Says how far it may be heard: up to where a sentence
 * may yet become false. A sentence that the facts bear out so far is not waited for.
 */
export class SpokenText {
  readonly #facts: () => CallFacts;
  readonly #usual: Lexicon;
  readonly #onTrue: () => void;
  #text = '';
  #isDone = false;
  /** The sentences before it are judged. */
  #judged = 0;
  #clearedTo = 0;
  #falsehood: FalseSentence | null = null;

  /**
   * @param facts as they stand when a sentence is judged
   * @param language of the agent, BCP 47
   * @param onTrue told of each sentence that claims something and is borne out
   */
  constructor(facts: () => CallFacts, language: string, onTrue: () => void = () => {}) {
    this.#facts = facts;
    this.#onTrue = onTrue;
    this.#usual = lexiconFor(language);
  }

  /** What came so far. */
  get text(): string {
    return this.#text;
  }

  /** Characters that may be heard. */
  get clearedTo(): number {
    return this.#clearedTo;
  }

  /** Nothing behind `clearedTo` may be heard any more. */
  get falsehood(): FalseSentence | null {
    return this.#falsehood;
  }

  /** Some more of it came. */
  add(text: string): void {
    if (this.#isDone) return;
    this.#text += text;
    this.#judge();
  }

  /** Nothing follows. */
  finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#judge();
  }

  #judge(): void {
    if (this.#falsehood) return;
    const base = this.#judged;
    for (const sentence of cutSentences(this.#text.slice(base), this.#isDone)) {
      const [start, end] = [base + sentence.start, base + sentence.end];
      if (!sentence.isComplete) {
        this.#clear(start + this.#clearPart(sentence.text));
        return;
      }
      const verdict = this.#verdictOf(sentence.text);
      if (verdict.is === 'false') {
        this.#falsehood = { text: sentence.text.trim(), why: verdict.why };
        return;
      }
      if (verdict.is === 'true') this.#onTrue();
      this.#judged = base + sentence.next;
      this.#clear(end);
    }
  }

  /** How much of a sentence that goes on may be heard. */
  #clearPart(text: string): number {
    const last = /[\p{L}\d@.:'’-]+$/u.exec(text);
    const whole = last ? text.slice(0, last.index) : text;
    if (this.#falsehoodOf(whole)) return 0;
    if (!last) return text.length;
    return this.#mayClaim(last[0]) || this.#falsehoodOf(text) ? whole.length : text.length;
  }

  /** Whether a word that may go on can become one that claims something. */
  #mayClaim(word: string): boolean {
    if (/\d/.test(word)) return true;
    const said = word.toLowerCase();
    const [lexicon] = lexiconsOfText(this.#text.slice(this.#judged), this.#usual);
    if (lexicon.leads.includes(said)) return true;
    if (said.length < 4 && lexicon.frequent.includes(said)) return false;
    const begins = (other: string): boolean => other.length > said.length && other.startsWith(said);
    return (
      lexicon.vocabulary.some(begins) ||
      Object.keys(lexicon.times.numbers).some(begins) ||
      calendarWords(lexicon.language).some(begins)
    );
  }

  #falsehoodOf(sentence: string): Falsehood | null {
    const verdict = this.#verdictOf(sentence);
    return verdict.is === 'false' ? verdict.why : null;
  }

  #verdictOf(sentence: string): Verdict {
    return judgeSentence(sentence, this.#usual, this.#facts()).verdict;
  }

  #clear(to: number): void {
    this.#clearedTo = Math.max(this.#clearedTo, to);
  }
}

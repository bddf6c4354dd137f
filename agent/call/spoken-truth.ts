import { voice } from '@livekit/agents';
import { NO_DESK } from '../../booking/desk/desk-facts.ts';
import { oneOf } from '../../booking/languages/sentences/sentences-in.ts';
import { slotLabel } from '../../booking/times/labels.ts';
import type { CallFacts } from '../../booking/truth/facts.ts';
import { SpokenText } from '../../booking/truth/spoken-text.ts';
import { isDoneByHand } from '../../calls/done-by-hand.ts';
import { sayExactly } from '../model/prompt.ts';
import type { Replies } from '../model/replies.ts';
import type { SpeechGateOptions, StoppedSpeech } from '../model/speech-gate.ts';
import type { OpenCall } from './open-call.ts';
import { whatStands } from './recall-call.ts';

/** False sentences in a row after which the model has failed: somebody waits for an answer. */
const MOST_IN_A_ROW = 4;
/** From this one on it is given the very words. */
const TOLD_THE_WORDS_FROM = 2;
/** What a caller said longer ago is not read back. */
const MOST_CALLER_TURNS = 40;

const WAS_HEARD = 'What you said last is not true, and has to be taken back.';
const WAS_NOT_HEARD = 'What you were about to say is not true. The caller did not hear it.';
const TAKE_BACK =
  'The caller heard something from you that is not true. Say sorry and correct it in one short sentence. ';
const GO_ON = 'Go on truthfully, or call the tool that is needed.';
const GO_ON_FROM_THERE =
  'Go on truthfully, without repeating what was heard, or call the tool that is needed.';

type TruthOfCall = Pick<
  OpenCall,
  'agent' | 'business' | 'desk' | 'earlier' | 'language' | 'logger' | 'now' | 'record' | 'timeZone'
>;

/** What can be done about a false sentence. */
export interface WaysOut {
  replies: Pick<Replies, 'say'>;
  /** Stops what is being said. */
  interrupt: () => void;
  /** The model cannot be brought to say the truth: the call cannot go on. */
  onGivenUp: (error: Error) => void;
}

/**
 * Sees to it that nothing false is heard in a call: what the model is about to say is held to what the
 * desk knows, and where it does not agree the model is told so and asked for the truth.
 */
export class SpokenTruth {
  readonly #call: TruthOfCall;
  readonly #business: readonly string[];
  readonly #callerWords: string[] = [];
  #ways: WaysOut | null = null;
  #inARow = 0;
  /** Sentences that claimed something and were true, since the last message. */
  #borneOut = 0;
  readonly #counts = { messages: 0, stopped: 0, corrected: 0, longestDelay: 0 };

  constructor(call: TruthOfCall) {
    this.#call = call;
    const { businessName, instructions, name } = call.agent;
    this.#business = [instructions, businessName, name];
    for (const { role, text } of call.earlier?.turns ?? []) if (role === 'caller') this.#hear(text);
  }

  /** For the session's model. */
  readonly gate: SpeechGateOptions = {
    watch: () =>
      new SpokenText(
        () => this.facts,
        this.#call.language.now,
        () => void (this.#borneOut += 1),
      ),
    onFalse: (stopped) => this.#correct(stopped),
    onMessage: ({ delay, isFalse }) => {
      this.#counts.messages += 1;
      this.#counts.longestDelay = Math.max(this.#counts.longestDelay, Math.round(delay));
      if (!isFalse) this.#inARow = 0;
      if (this.#borneOut > 0) this.#call.record.mark('claims', { made: this.#borneOut });
      this.#borneOut = 0;
    },
  };

  /** Follows a session whose model is gated: what the caller says may be read back. */
  follow(session: Pick<voice.AgentSession, 'on'>, ways: WaysOut): void {
    this.#ways = ways;
    session.on(voice.AgentSessionEventTypes.UserInputTranscribed, ({ transcript, isFinal }) => {
      if (isFinal) this.#hear(transcript);
    });
    session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (item.type === 'message' && item.role === 'user') this.#hear(item.textContent ?? '');
    });
  }

  /** How much was said, and how much of it was false. */
  get counts(): Readonly<Record<'messages' | 'stopped' | 'corrected' | 'longestDelay', number>> {
    return this.#counts;
  }

  /** What is true by now; asked for with each word that comes. */
  get facts(): CallFacts {
    const { desk, now, timeZone } = this.#call;
    return {
      ...(desk?.facts ?? NO_DESK),
      now: now(),
      timeZone,
      business: this.#business,
      businessLanguage: this.#call.language.ofAgent,
      informed: this.#call.business?.told ?? [],
      caller: this.#callerWords,
    };
  }

  #hear(words: string): void {
    const text = words.trim();
    if (text === '' || this.#callerWords.at(-1) === text) return;
    this.#callerWords.push(text);
    if (!isDoneByHand(text)) this.#call.language.hear(text);
    if (this.#callerWords.length > MOST_CALLER_TURNS) this.#callerWords.shift();
    this.#inARow = 0;
  }

  /** @returns what the model is told of it, as a system's words */
  #correct({ text, why, wasHeard, heard, calledTool }: StoppedSpeech): string {
    const { logger, record } = this.#call;
    const how = wasHeard ? 'corrected' : 'stopped';
    this.#counts[how] += 1;
    this.#inARow += 1;
    record.mark(`truth.${how}`, { why }, text);
    logger.warn({ why, how }, 'the model was about to say what is not true');
    if (wasHeard) this.#ways?.interrupt();
    const facts = this.#factsInWords();
    if (this.#inARow > MOST_IN_A_ROW) {
      this.#ways?.onGivenUp(new Error('It says again and again what is not true.'));
    } else if (!calledTool) {
      const instructions =
        this.#inARow < TOLD_THE_WORDS_FROM
          ? `${wasHeard ? TAKE_BACK : ''}${heard === '' ? GO_ON : GO_ON_FROM_THERE} ${facts}`
          : sayExactly(this.#trueSentence());
      this.#ways?.replies.say({ instructions });
    }
    return `${wasHeard ? WAS_HEARD : WAS_NOT_HEARD} ${facts}`;
  }

  #factsInWords(): string {
    const { standing, offered } = this.facts;
    return [
      'What is true:',
      ...whatStands(this.#call),
      standing.length === 0
        ? 'No appointment of the caller is known.'
        : `The caller has: ${standing.map(({ start }) => this.#label(start)).join('; ')}.`,
      ...(offered.length === 0
        ? ['No free times are known: list_available_slots answers them.']
        : []),
      "Of other people's appointments nothing is known.",
    ].join('\n');
  }

  /** A sentence that is true whatever the model said. */
  #trueSentence(): string {
    const { desk, language } = this.#call;
    const { truth } = language.sentences;
    const made = desk?.appointment;
    switch (made?.status) {
      case 'booked':
        return truth.booked(made.label);
      case 'rescheduled':
        return truth.moved(made.label);
      case 'cancelled':
        return truth.cancelled(made.label);
      case 'requested':
        return truth.requested(made.label);
      case 'unconfirmed':
        return truth.unconfirmed;
      case undefined: {
        const labels = (desk?.offer?.slots ?? []).slice(0, 2).map(({ label }) => label);
        return labels.length === 0 ? truth.nothing : truth.offer(oneOf(language.now, labels));
      }
    }
  }

  #label(start: Date): string {
    const { language, now, timeZone } = this.#call;
    return slotLabel(start, { timeZone, now: now(), language: language.now, withZone: true });
  }
}

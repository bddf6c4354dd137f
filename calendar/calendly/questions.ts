import { PhoneNumberSchema } from '../../runtime/given/phone-number.ts';
import type { BookingQuestion, BookRequest } from '../calendar.ts';
import { RequestRefusedError } from '../calendar-error.ts';
import type { CalendlyEventType, CalendlyQuestion } from './event-type.ts';

/** An answer as Calendly is sent it: the question's words must be exactly its own. */
export interface CalendlyAnswer {
  question: string;
  answer: string;
  position: number;
}

type WithQuestions = Pick<CalendlyEventType, 'custom_questions'>;

const TEXTS = new Set(['string', 'text']);
const PHONE = 'phone_number';
const SEVERAL = 'multi_select';
/** Types whose answer a caller can say. */
const ASKABLE = new Set([...TEXTS, PHONE, 'single_select', SEVERAL]);

/** The questions that a caller must be asked, each under a key of its own. */
export function askedQuestions(eventType: WithQuestions): BookingQuestion[] {
  const ofNumber = phoneQuestion(eventType);
  return keyed(eventType)
    .filter(({ question }) => question.required && question !== ofNumber)
    .map(({ key, question }) => ({
      key,
      label: question.name,
      required: true,
      options: optionsOf(question),
    }));
}

/** The required question that the attendee's number answers; undefined where there is none. */
export function phoneQuestion(eventType: WithQuestions): CalendlyQuestion | undefined {
  return enabled(eventType).find(({ type, required }) => type === PHONE && required);
}

/** A required question that cannot be asked aloud; undefined where there is none. */
export function unaskableQuestion(eventType: WithQuestions): CalendlyQuestion | undefined {
  return enabled(eventType).find(({ type, required }) => required && !ASKABLE.has(type));
}

/** Whether what a caller adds has a place at Calendly: a question for a text that need not be answered. */
export function takesNotes(eventType: WithQuestions): boolean {
  return notesQuestion(eventType) !== undefined;
}

/**
 * What callers said, as the event type's questions want it.
 * @throws {RequestRefusedError} naming the question whose answer is missing or not allowed
 */
export function toAnswers(
  eventType: WithQuestions,
  { answers, notes, attendee }: Pick<BookRequest, 'answers' | 'notes' | 'attendee'>,
): CalendlyAnswer[] {
  const ofNumber = phoneQuestion(eventType);
  const ofNotes = notesQuestion(eventType);
  return keyed(eventType).flatMap(({ key, question }) => {
    const said =
      answers[key]?.trim() ||
      (question === ofNumber ? attendee.phone : question === ofNotes ? notes?.trim() : null);
    if (said) {
      const { name, position } = question;
      return [{ question: name, answer: toAnswer(question, said, key), position }];
    }
    if (!question.required) return [];
    return refuse(key, 'This question must be answered.');
  });
}

function toAnswer(question: CalendlyQuestion, said: string, key: string): string {
  if (question.type === PHONE) {
    return (
      PhoneNumberSchema.safeParse(said).data ??
      refuse(key, 'The answer must be a phone number with its country code.')
    );
  }
  // Several answers come one a line.
  if (question.type !== SEVERAL) return toChoice(question, said, key);
  const parts = said.split(/\s*[,\n]\s*/).filter((part) => part !== '');
  return parts.map((part) => toChoice(question, part, key)).join('\n');
}

/** The choice as Calendly spells it. */
function toChoice(question: CalendlyQuestion, said: string, key: string): string {
  const choices = question.answer_choices ?? [];
  if (choices.length === 0) return said;
  const choice = choices.find((each) => each.toLowerCase() === said.toLowerCase());
  if (choice !== undefined) return choice;
  if (question.include_other) return said;
  return refuse(key, `The answer must be one of: ${choices.join(', ')}.`);
}

/** Several may be chosen, and another answer may be allowed: then any text is taken and held to it later. */
function optionsOf({ type, answer_choices: choices, include_other: other }: CalendlyQuestion) {
  return type === SEVERAL || other || !choices?.length ? null : choices;
}

function notesQuestion(eventType: WithQuestions): CalendlyQuestion | undefined {
  return enabled(eventType).find(({ type, required }) => TEXTS.has(type) && !required);
}

function enabled({ custom_questions: questions }: WithQuestions): CalendlyQuestion[] {
  return (questions ?? []).filter((question) => question.enabled);
}

/** Calendly has no key for a question but its words; several may be alike in letters and digits. */
function keyed(eventType: WithQuestions): { key: string; question: CalendlyQuestion }[] {
  const taken = new Set<string>(['location']);
  return enabled(eventType).map((question) => {
    const stem =
      question.name
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
        .replaceAll(/^-|-$/g, '') || 'question';
    let key = stem;
    for (let count = 2; taken.has(key); count += 1) key = `${stem}-${count}`;
    taken.add(key);
    return { key, question };
  });
}

function refuse(field: string, message: string): never {
  throw new RequestRefusedError(message, { field });
}

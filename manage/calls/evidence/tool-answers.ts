import { z } from 'zod';

const text = z.string().catch('');
const texts = z.array(z.string()).catch([]);

/** What tools answer of times and of the business; whatever else is in an answer is not read. */
const AnswerSchema = z.object({
  status: text,
  slots: z.array(z.object({ slot_id: z.string(), label: z.string() })).catch([]),
  days: texts,
  asked: text,
  message: text,
  question: text,
  appointments: z.array(z.object({ label: z.string() })).catch([]),
  facts: z.array(z.object({ text: z.string() })).catch([]),
});
const ArgumentsSchema = z.object({ slot_id: z.string() });

/** What a caller could be told after a tool answered. */
export interface ReadAnswer {
  /** Offered, and bookable from then on. */
  slots: { slotId: string; label: string }[];
  /** The slot that turned out to be taken; null where none did. */
  takenSlot: string | null;
  /** Of free times: "Tuesday, November 24: 6 times free from 9:00 AM". */
  told: string[];
  mentioned: string[];
  hasLooked: boolean;
  /** Appointments of the caller. */
  found: { label: string }[];
  /** What the business says of itself. */
  informed: string[];
}

/** Reads a tool call as it is on record. */
export function readAnswer(args: unknown, result: unknown): ReadAnswer {
  const parsed = AnswerSchema.safeParse(result);
  const answer = parsed.success ? parsed.data : AnswerSchema.parse({});
  const { status, slots, days, asked, message, question, appointments, facts } = answer;
  const isOffer = status === 'slots' || status === 'none';
  const chosen = ArgumentsSchema.safeParse(args);
  return {
    slots: slots.map(({ slot_id: slotId, label }) => ({ slotId, label })),
    takenSlot: status === 'taken' && chosen.success ? chosen.data.slot_id : null,
    told: isOffer ? days : [],
    mentioned: [asked, question, isOffer || status === 'taken' ? message : ''].filter(Boolean),
    hasLooked: isOffer || status === 'taken',
    found: status === 'found' ? appointments : [],
    informed: status === 'known' ? facts.map((fact) => fact.text) : [],
  };
}

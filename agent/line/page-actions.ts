import { RpcError } from '@livekit/rtc-node';
import type { LocalParticipant } from '@livekit/rtc-node';
import { z } from 'zod';
import type { BookingDesk } from '../../booking/desk/booking-desk.ts';
import type { GivenDetails } from '../../booking/desk/caller-details.ts';
import { PAGE_ACTION_METHOD } from '../../calls/call-view.ts';
import type { PageAction, PageAnswer } from '../../calls/call-view.ts';
import { pageMessage } from '../../calls/done-by-hand.ts';
import { SlidingWindow } from '../../runtime/sliding-window.ts';
import type { Replies } from '../model/replies.ts';

const LONGEST_ACTION = 2_000;
/** Tapping through all that is offered and typing every field anew stays below. */
const ACTIONS_A_MINUTE = 30;
/** What comes beyond is refused unread; that much of it comes from no hand. */
const FLOOD_A_MINUTE = 600;
const MINUTE = 60_000;

const FieldSchema = z.string().max(500).optional();
const FIELDS = { name: FieldSchema, email: FieldSchema, phone: FieldSchema };
const slotId = z.string().max(100);
const ActionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('choose'), slotId }),
  z.strictObject({ do: z.literal('give'), ...FIELDS }),
  z.strictObject({ do: z.literal('book'), slotId, ...FIELDS }),
]);

export interface PageActionsOptions {
  room: {
    localParticipant?:
      | Pick<LocalParticipant, 'registerRpcMethod' | 'unregisterRpcMethod'>
      | undefined;
  };
  desk: Pick<BookingDesk, 'callerDetails' | 'choose' | 'details' | 'offer'> & {
    changes: Pick<BookingDesk['changes'], 'isBooking'>;
  };
  replies: Pick<Replies, 'quiet' | 'say'>;
  /** Whose page it is. */
  isCaller: (identity: string) => boolean;
  /** A visitor who did something is there. */
  onSign: () => void;
  /** What the page shows has changed. */
  onChange: () => void;
  /** More comes than any hand makes. Only the end of the call stops it. */
  onFlood: () => void;
}

/**
 * Takes what a visitor does on the page in place of saying it: a choice among the times offered last, and
 * who they are. Each is checked as what any stranger sends, and then told to the model as a turn of
 * the caller's: `[on the page: …]`. While something is being changed, that waits for the answer to it.
 * A yes names what the visitor saw: where that is not what stands, the page is shown what does.
 *
 * @returns a function that stops listening
 */
export function takePageActions(options: PageActionsOptions): () => void {
  const { room, desk, replies, isCaller, onSign, onChange, onFlood } = options;
  const participant = room.localParticipant;
  const taken = new SlidingWindow(ACTIONS_A_MINUTE, MINUTE);
  const refused = new SlidingWindow(FLOOD_A_MINUTE, MINUTE);
  participant?.registerRpcMethod(PAGE_ACTION_METHOD, async ({ callerIdentity, payload }) => {
    if (!isCaller(callerIdentity)) throw new RpcError(403, 'Only the caller can do that.');
    if (!taken.take()) {
      if (!refused.take()) onFlood();
      throw new RpcError(429, 'That is too much at once.');
    }
    const action = readAction(payload);
    if (action === null) throw new RpcError(400, 'That is nothing a page does.');
    const { answer, told } = act(action, desk);
    if (told !== null) {
      onSign();
      replies.quiet();
      replies.say({ userInput: pageMessage(told) });
    }
    if (told !== null || answer.status === 'not-offered') onChange();
    return JSON.stringify(answer);
  });
  return () => participant?.unregisterRpcMethod(PAGE_ACTION_METHOD);
}

function readAction(payload: string): PageAction | null {
  if (payload.length > LONGEST_ACTION) return null;
  try {
    return ActionSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

interface Acted {
  answer: PageAnswer;
  told: string | null;
}

/** What became of an action, and what the model is told of it; null where nothing is new. */
function act(action: PageAction, desk: PageActionsOptions['desk']): Acted {
  if (action.do === 'give') {
    const { news, problems } = desk.details.type(action);
    if (Object.keys(problems).length > 0) {
      return { answer: { status: 'refused', problems }, told: null };
    }
    const words = PARTS.flatMap(([field, name]) => {
      const value = news[field] ?? null;
      return value === null ? [] : [`my ${name} is ${value}`];
    });
    const told = words.length === 0 ? null : new Intl.ListFormat('en').format(words);
    return { answer: { status: 'done' }, told };
  }
  if (action.do === 'book') return agree(action, desk);
  const slot = desk.offer?.slots.find(({ id }) => id === action.slotId);
  if (!slot) return { answer: { status: 'not-offered' }, told: null };
  desk.choose(slot.id);
  const told = slot.isChosen ? null : `I choose ${slot.label} (slot_id ${slot.id})`;
  return { answer: { status: 'done' }, told };
}

/** What was heard and is not corrected is right: the visitor has it before their eyes. */
function agree(
  { slotId: shownSlot, ...shown }: Extract<PageAction, { do: 'book' }>,
  { offer, callerDetails, changes, details }: PageActionsOptions['desk'],
): Acted {
  const chosen = offer?.slots.find(({ isChosen }) => isChosen);
  const { name, ...contacts } = Object.fromEntries(
    callerDetails.map(({ field, value }) => [field, value]),
  ) as GivenDetails;
  const reachedBy = Object.values(contacts).filter((value) => value !== null);
  const isOpen = callerDetails.some(({ likely }) => likely !== null);
  const isComplete = Boolean(name) && reachedBy.length > 0 && !isOpen;
  if (!chosen || chosen.id !== shownSlot || !isComplete || !details.areAll(shown)) {
    return { answer: { status: 'not-offered' }, told: null };
  }
  // Whoever agrees a second time while it is being booked is not asked for a second booking.
  if (changes.isBooking(chosen.id)) return { answer: { status: 'done' }, told: null };
  details.type({ name, ...contacts });
  const whom = [name, ...reachedBy].join(', ');
  return { answer: { status: 'done' }, told: `Yes, book it: ${chosen.label}, for ${whom}` };
}

const PARTS = [
  ['name', 'name'],
  ['email', 'e-mail'],
  ['phone', 'phone number'],
] as const;

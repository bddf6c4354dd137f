import type { CallSnapshot } from '../call/call-snapshot.ts';
import type { Call } from '../call/call.ts';
import { isHostMessage } from '../embed/messages.ts';
import type { FrameMessage } from '../embed/messages.ts';

/** The page of somebody's site that this one stands in. */
export interface HostPage {
  /** Tells the host of a booking, once each; when the host closes, this call is hung up. */
  follow: (call: Pick<Call, 'hangUp'>, snapshot: CallSnapshot) => void;
}

type Told = FrameMessage extends infer Each
  ? Each extends FrameMessage
    ? Omit<Each, 'source' | 'agent'>
    : never
  : never;

/**
 * Speaks with the host page, by messages for exactly the origin that the button named: a page of any
 * other origin hears nothing. Which sites may embed the agent the server says, by frame-ancestors.
 *
 * @returns undefined where this page stands in no other
 */
export function connectHost(window: Window, agent: string): HostPage | undefined {
  const origin = hostOrigin(window.location.search);
  if (window.parent === window || origin === null) return undefined;
  let hangUp: () => void = () => undefined;
  let booked = '';
  const tell = (told: Told): void =>
    window.parent.postMessage({ source: 'slotline', agent, ...told }, origin);
  const close = (): void => {
    hangUp();
    tell({ type: 'closed' });
  };
  window.addEventListener('message', ({ source, origin: from, data }) => {
    if (source === window.parent && from === origin && isHostMessage(data)) close();
  });
  window.addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented) close();
  });
  tell({ type: 'opened' });
  return {
    follow(call, { view }) {
      hangUp = call.hangUp;
      const appointment = view?.appointment;
      if (appointment?.status !== 'booked' && appointment?.status !== 'requested') return;
      const { status, start, end } = appointment;
      const told = JSON.stringify([status, start, end]);
      if (told === booked) return;
      booked = told;
      tell({ type: 'booked', appointment: { status, start, end } });
    },
  };
}

/** The origin that the button named, as it is written; null where it is none. */
function hostOrigin(search: string): string | null {
  const named = new URLSearchParams(search).get('host');
  const origin = named === null ? undefined : URL.parse(named)?.origin;
  return origin !== undefined && origin === named && origin !== 'null' ? origin : null;
}

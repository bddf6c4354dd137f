/** What the host page hears from the receptionist, by `message` events of its window. */
export type FrameMessage = { source: 'slotline'; agent: string } & (
  | { type: 'opened' }
  | {
      type: 'booked';
      /** `requested`: the business has yet to accept it. Instants in UTC, ISO 8601. */
      appointment: { status: 'booked' | 'requested'; start: string; end: string };
    }
  | { type: 'closed' }
);

/** What the button tells the receptionist in its frame. */
export interface HostMessage {
  source: 'slotline-host';
  type: 'close';
}

/** Whether a message is the frame's: its sender and origin are for the caller to look at. */
export function isFrameMessage(data: unknown): data is FrameMessage {
  return (Object(data) as { source?: unknown }).source === 'slotline';
}

export function isHostMessage(data: unknown): data is HostMessage {
  return (Object(data) as { source?: unknown }).source === 'slotline-host';
}

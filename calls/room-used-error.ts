/** A token was shown again, or its refreshed successor, for a room that has had its call. */
export class RoomUsedError extends Error {
  override readonly name = 'RoomUsedError';
  /** Whether that call is over; where it is not, the room is its own. */
  readonly isOver: boolean;

  constructor({ isOver }: { isOver: boolean }) {
    super(
      'The room has had its call: a token was used again. A page asks for a new one each time.',
    );
    this.isOver = isOver;
  }
}

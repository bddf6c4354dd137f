import { RpcError } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import { CALL_VIEW_TOPIC } from '../../calls/call-view.ts';
import type { CallView } from '../../calls/call-view.ts';
import type { Logger } from '../../runtime/logger.ts';

/**
 * Shows the call to the visitor's page: a snapshot whenever it changed, and on request, for a page
 * that was away. Only participants of the room receive it.
 */
export class CallViewPublisher {
  readonly #room: Room;
  readonly #read: () => CallView;
  readonly #logger: Logger;
  #last = '';
  /** One snapshot after the other: two on their way at once may arrive in either order. */
  #sending = Promise.resolve();
  #isHidden = false;

  constructor(room: Room, read: () => CallView, logger: Logger) {
    this.#room = room;
    this.#read = read;
    this.#logger = logger;
    room.localParticipant?.registerRpcMethod(CALL_VIEW_TOPIC, () =>
      this.#isHidden
        ? Promise.reject(new RpcError(410, 'The visitor has left.'))
        : Promise.resolve(JSON.stringify(this.#read())),
    );
  }

  /**
   * Shows nothing any more: the visitor has left. After that LiveKit still lets in anybody
   * who shows the visitor's token, under the same identity.
   */
  hide(): void {
    this.#isHidden = true;
  }

  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** Sends the present state, unless the page has it already. */
  publish(): void {
    this.#sending = this.#sending
      .then(() => this.#send())
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'could not update the page'));
  }

  async #send(): Promise<void> {
    if (this.#isHidden) return;
    const text = JSON.stringify(this.#read());
    if (text === this.#last) return;
    this.#last = text;
    await this.#room.localParticipant?.sendText(text, { topic: CALL_VIEW_TOPIC });
  }
}

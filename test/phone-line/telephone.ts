import { RtpPhone } from '../../bench/phone/rtp-phone.ts';
import type { PhoneHost } from '../support/phone-host.ts';
import { playSipp } from '../support/sipp.ts';
import type { SipMessage, SippCall, SippOptions } from '../support/sipp.ts';

/** Who calls unless a test says otherwise. */
export const ANN = '"Ann" <sip:+12025550177@provider.example>';

export interface TelephoneCall extends SippCall, AsyncDisposable {
  /** The sound: what the test says and hears. */
  phone: RtpPhone;
  /** Resolves when the call was answered. */
  answered: Promise<SipMessage>;
}

/** Calls by sipp, with sound that the test hears and speaks itself. */
export async function call(
  host: PhoneHost,
  options: Omit<SippOptions, 'sipPort' | 'from' | 'rtpPort'> & {
    from?: string;
    /** Sends no sound, as behind a firewall that lets none out. */
    isMute?: boolean;
  },
): Promise<TelephoneCall> {
  const phone = await RtpPhone.open();
  const played = await playSipp({
    from: ANN,
    ...options,
    sipPort: host.sip.port,
    rtpPort: phone.port,
  });
  const answered = played.received(isAnswer).then((message) => {
    const port = Number(/^m=audio (\d+)/m.exec(message.text)?.[1]);
    if (!options.isMute) phone.dial({ address: '127.0.0.1', port });
    return message;
  });
  answered.catch(() => {});
  return {
    ...played,
    phone,
    answered,
    [Symbol.asyncDispose]: async () => {
      await played.ended.catch(() => {});
      await phone[Symbol.asyncDispose]();
    },
  };
}

function isAnswer({ startLine, text }: SipMessage): boolean {
  return startLine.startsWith('SIP/2.0 200') && /^CSeq: *\d+ INVITE/im.test(text);
}

/** The status of the last final answer to an INVITE: 200, 404, …; null where none came. */
export function finalStatus(messages: readonly SipMessage[]): number | null {
  const statuses = messages
    .filter(({ direction, text }) => direction === 'received' && /^CSeq: *\d+ INVITE/im.test(text))
    .map(({ startLine }) => Number(/^SIP\/2\.0 (\d{3})/.exec(startLine)?.[1]))
    .filter((status) => status >= 200);
  return statuses.at(-1) ?? null;
}

import { createSocket } from 'node:dgram';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n';
const LONG_TOKEN = 'a'.repeat(20_000);

/**
 * Sends INVITEs that are wrong in one way each, and some that are none (after RFC 4475's torture
 * tests). One that is answered all the same is hung up.
 */
export async function sendMalformedCalls(sipPort: number): Promise<Disposable> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  socket.on('message', (answer) => {
    const bye = hangUp(answer.toString());
    if (bye) socket.send(bye, sipPort, '127.0.0.1');
  });
  for (const text of malformedCalls(socket.address().port)) {
    socket.send(Buffer.from(text), sipPort, '127.0.0.1');
  }
  return { [Symbol.dispose]: () => socket.close() };
}

function hangUp(answer: string): Buffer | null {
  if (!answer.startsWith('SIP/2.0 200') || /^CSeq: *2 BYE/im.test(answer)) return null;
  const kept = answer.split('\r\n').filter((line) => /^(Via|From|To|Call-ID):/i.test(line));
  const head = ['BYE sip:+12025550101@127.0.0.1 SIP/2.0', ...kept, 'CSeq: 2 BYE'];
  return Buffer.from([...head, 'Max-Forwards: 70', 'Content-Length: 0', '', ''].join('\r\n'));
}

function malformedCalls(ownPort: number): string[] {
  const via = `Via: SIP/2.0/UDP 127.0.0.1:${ownPort};branch=z9hG4bK-`;
  const head = [
    'INVITE sip:+12025550101@127.0.0.1 SIP/2.0',
    via,
    'From: <sip:+12025550177@provider.example>;tag=1',
    'To: <sip:+12025550101@127.0.0.1>',
    `Contact: <sip:sipp@127.0.0.1:${ownPort}>`,
    'Max-Forwards: 70',
  ];
  const without = (start: string) => ({ headers: head.filter((line) => !line.startsWith(start)) });
  const message = (name: string, change: Change): string =>
    write(name, { headers: head, ...change });
  return [
    '',
    '\r\n\r\n\r\n\r\n',
    '\0'.repeat(500),
    'INVITE\r\n\r\n',
    'INVITE sip:+12025550101@127.0.0.1 SIP/9.0\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    message('no-call-id', { without: 'Call-ID' }),
    message('no-via', without('Via')),
    message('no-from', without('From')),
    message('no-to', without('To')),
    message('no-contact', without('Contact')),
    message('wrong-uri', { headers: ['INVITE ::::@@@ SIP/2.0', ...head.slice(1)] }),
    message('emergency-uri', { headers: ['INVITE urn:service:sos SIP/2.0', ...head.slice(1)] }),
    message('no-sequence', { without: 'CSeq' }),
    message('negative-sequence', { cseq: '-1 INVITE' }),
    message('huge-sequence', { cseq: '36893488147419103232 INVITE' }),
    message('other-method', { cseq: '1 BYE' }),
    message('no-body', { body: '' }),
    message('no-sdp', { body: 'hello' }),
    message('no-media', { body: SDP }),
    message('video-only', { body: `${SDP}m=video 9 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n` }),
    message('unknown-codec', { body: `${SDP}m=audio 9 RTP/AVP 96\r\na=rtpmap:96 X/1\r\n` }),
    message('wrong-port', { body: `${SDP}m=audio 99999999 RTP/AVP 0\r\n` }),
    message('cut-short', { body: `${SDP}m=audio 9 RTP/AVP 0\r\n`, length: 5 }),
    message('longer-than-it-is', { body: `${SDP}m=audio 9 RTP/AVP 0\r\n`, length: 9_999 }),
    message('negative-length', { body: SDP, length: -1 }),
    message('long-token', { headers: [...head, `X-Long: ${LONG_TOKEN}`] }),
    message('many-headers', { headers: [...head, ...Array.from({ length: 400 }, () => 'X-A: b')] }),
    message('broken-text', { headers: [...head, 'Subject: \u{FFFE}\u0000\u0008'] }),
  ];
}

interface Change {
  headers?: readonly string[];
  without?: string;
  cseq?: string;
  body?: string;
  length?: number;
}

function write(name: string, change: Change): string {
  const body = change.body ?? `${SDP}m=audio 9 RTP/AVP 0\r\n`;
  const lines = [
    ...(change.headers ?? []).map((line) => (line.startsWith('Via') ? line + name : line)),
    `Call-ID: malformed-${name}`,
    `CSeq: ${change.cseq ?? '1 INVITE'}`,
    'Content-Type: application/sdp',
    `Content-Length: ${change.length ?? body.length}`,
  ].filter((line) => change.without === undefined || !line.startsWith(change.without));
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

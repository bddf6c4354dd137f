import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface ReceivedMail {
  from: string;
  to: string;
  /** Headers and body as they came, dots unstuffed. */
  raw: string;
}

export interface SmtpServer extends AsyncDisposable {
  /** smtp:// with the port. */
  url: string;
  received: ReceivedMail[];
  /** What the server answers to the next recipients, in this order; then it takes all. */
  answers: string[];
}

/** A mail server on loopback that keeps what it is given (RFC 5321, as much as a client needs). */
export async function startSmtpServer(): Promise<SmtpServer> {
  const received: ReceivedMail[] = [];
  const answers: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, received, answers);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, received: ReceivedMail[], answers: string[]): void {
  let pending = '';
  let mail = { from: '', to: '' };
  let isData = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const obey = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    if (verb === 'EHLO') say('250-loopback\r\n250 8BITMIME');
    else if (verb === 'MAIL') {
      mail = { from: address, to: '' };
      say('250 ok');
    } else if (verb === 'RCPT') {
      mail.to = address;
      say(answers.shift()?.replace('{to}', address) ?? '250 ok');
    } else if (verb === 'DATA') {
      isData = true;
      say('354 go on');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  };
  say('220 loopback');
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    pending += chunk;
    for (;;) {
      const end = isData ? '\r\n.\r\n' : '\r\n';
      const at = pending.indexOf(end);
      if (at === -1) return;
      const text = pending.slice(0, at);
      pending = pending.slice(at + end.length);
      if (isData) {
        isData = false;
        received.push({ ...mail, raw: text.replaceAll('\r\n..', '\r\n.') });
        say('250 taken');
      } else obey(text);
    }
  });
}

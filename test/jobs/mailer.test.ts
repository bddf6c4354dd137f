import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createMailer } from '../../jobs/mail/mailer.ts';

test('gives a mail up whose server says a word now and then, and never the last one', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('220 loopback\r\n');
    socket.on('data', (line) => {
      if (!String(line).startsWith('MAIL')) socket.write('250 ok\r\n');
      else {
        const drip = setInterval(() => socket.write('250-one moment\r\n'), 20);
        socket.on('close', () => clearInterval(drip));
      }
    });
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const mailer = createMailer({
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    from: 'desk@example.com',
    deadline: 300,
  });
  const mail = {
    to: { name: 'Mary Smith', address: 'mary.smith@example.com' },
    messageId: '<one@slotline>',
    subject: 'Your appointment',
    text: 'It stands.',
    html: '<p>It stands.</p>',
    calendarFile: null,
  };
  await expect(mailer.send(mail)).rejects.toMatchObject({
    name: 'MailError',
    isPermanent: false,
    message: 'ETIMEDOUT',
  });
  mailer.close();
});

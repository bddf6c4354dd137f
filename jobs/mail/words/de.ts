import type { MailTexts } from './mail-texts.ts';

const LOST_TOUCH = 'Während Ihres Anrufs hat unser Kalender nicht rechtzeitig geantwortet.';
const UNTOLD = `${LOST_TOUCH} Wir konnten Ihnen nicht sagen, ob Ihr Termin`;

export const GERMAN: MailTexts = {
  hello: (name) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
  minutes: (when, count) => `${when}, ${count} Minuten`,
  where: (location) => `Ort: ${location}`,
  closing: {
    change: 'Wenn Sie ihn ändern oder absagen müssen, rufen Sie uns bitte wieder an.',
    callAgain: 'Bitte rufen Sie uns wieder an, um eine andere Zeit zu finden.',
    anotherOne: 'Wenn Sie einen anderen möchten, rufen Sie uns bitte wieder an.',
    cannotCome: 'Wenn Sie nicht kommen können, rufen Sie uns bitte wieder an, um ihn abzusagen.',
  },
  subjects: {
    booked: (when) => `Ihr Termin: ${when}`,
    rescheduled: (when) => `Ihr Termin wurde verschoben: ${when}`,
    cancelled: (when) => `Abgesagt: Ihr Termin, ${when}`,
    requested: (when) => `Angefragt: Ihr Termin, ${when}`,
    settled_booked: (when) => `Jetzt gebucht: Ihr Termin, ${when}`,
    settled_not_booked: (when) => `Nicht gebucht: ${when}`,
    settled_rescheduled: (when) => `Jetzt verschoben: Ihr Termin, ${when}`,
    settled_not_rescheduled: (when) => `Nicht verschoben: Ihr Termin bleibt ${when}`,
    settled_cancelled: (when) => `Jetzt abgesagt: Ihr Termin, ${when}`,
    settled_not_cancelled: (when) => `Nicht abgesagt: Ihr Termin, ${when}`,
  },
  openings: {
    booked: () => 'Ihr Termin ist gebucht.',
    rescheduled: () => 'Ihr Termin wurde verschoben. Dies ist die neue Zeit.',
    cancelled: () => 'Ihr Termin ist abgesagt, wie Sie es wollten.',
    requested: () =>
      'Ihr Termin ist angefragt. Wir müssen ihn noch annehmen und sagen Ihnen Bescheid.',
    settled_booked: () => `${UNTOLD} gebucht wurde. Er ist jetzt gebucht.`,
    settled_not_booked: () =>
      `${UNTOLD} gebucht wurde. Es tut uns leid: Er wurde nicht gebucht, und nichts ist für Sie reserviert.`,
    settled_rescheduled: () =>
      `${UNTOLD} verschoben wurde. Er ist jetzt verschoben. Dies ist die neue Zeit.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} verschoben wurde. Es tut uns leid: Er wurde nicht verschoben${wished === '' ? '' : `, auf ${wished}`}. Er bleibt, wie er war.`,
    settled_cancelled: () => `${UNTOLD} abgesagt wurde. Er ist jetzt abgesagt.`,
    settled_not_cancelled: () =>
      `${UNTOLD} abgesagt wurde. Es tut uns leid: Er wurde nicht abgesagt und gilt weiter.`,
  },
  byBusiness: {
    rescheduled: 'Wir mussten Ihren Termin verschieben. Dies ist die neue Zeit.',
    cancelled: 'Wir mussten Ihren Termin absagen. Es tut uns leid.',
    why: (reason) => `Der Grund: ${reason}`,
  },
  ended: {
    booked: () => 'Ihr Termin wurde gebucht und ist seitdem abgesagt worden.',
    rescheduled: () => 'Ihr Termin wurde verschoben und ist seitdem abgesagt worden.',
    settled_booked: () =>
      `${UNTOLD} gebucht wurde. Er wurde gebucht und ist seitdem abgesagt worden.`,
    settled_rescheduled: () =>
      `${UNTOLD} verschoben wurde. Er wurde verschoben und ist seitdem abgesagt worden.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} verschoben wurde. Er wurde nicht verschoben${wished === '' ? '' : `, auf ${wished}`}: Er ist inzwischen abgesagt worden.`,
    settled_not_cancelled: () => `${UNTOLD} abgesagt wurde. Er ist inzwischen abgesagt worden.`,
  },
  code: {
    subject: (businessName) => `Ihr Code für ${businessName}`,
    tell: (code) =>
      `Ihr Code lautet ${code}. Sagen Sie ihn dem Empfang, der Sie danach gefragt hat; er gilt ein paar Minuten.`,
    toStrangers:
      'Wenn Sie gerade nicht mit uns sprechen, hat jemand anderes Ihre Adresse genannt: Geben Sie den Code niemandem, dann geschieht nichts.',
  },
  summary: {
    subject: (businessName) => `Ihr Anruf bei ${businessName}`,
    opening:
      'Danke für Ihren Anruf. Das ist daraus geworden, so wie es stand, als er zusammengefasst wurde.',
    status: {
      booked: 'Gebucht',
      requested: 'Angefragt und noch nicht angenommen',
      cancelled: 'Abgesagt',
      unconfirmed: 'Noch nicht bestätigt',
    },
    leftMessage: 'Sie haben eine Nachricht hinterlassen, die wir weitergeben.',
    toStrangers:
      'Wenn Sie uns nicht angerufen haben, hat jemand anderes Ihre Adresse genannt: Bitte beachten Sie diese Mail nicht.',
  },
};

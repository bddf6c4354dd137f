import type { MailTexts } from './mail-texts.ts';

const LOST_TOUCH = 'Durante a sua ligação, a nossa agenda não respondeu a tempo.';
const UNTOLD = `${LOST_TOUCH} Não pudemos dizer se a sua consulta tinha sido`;

export const PORTUGUESE: MailTexts = {
  hello: (name) => (name === null ? 'Olá,' : `Olá, ${name},`),
  minutes: (when, count) => `${when}, ${count} minutos`,
  where: (location) => `Local: ${location}`,
  closing: {
    change: 'Se precisar mudá-la ou cancelá-la, ligue de novo, por favor.',
    callAgain: 'Por favor, ligue de novo para encontrar outro horário.',
    anotherOne: 'Se quiser outra, ligue de novo, por favor.',
    cannotCome: 'Se não puder vir, ligue de novo para cancelá-la, por favor.',
  },
  subjects: {
    booked: (when) => `A sua consulta: ${when}`,
    rescheduled: (when) => `A sua consulta foi remarcada: ${when}`,
    cancelled: (when) => `Cancelada: a sua consulta, ${when}`,
    requested: (when) => `Solicitada: a sua consulta, ${when}`,
    settled_booked: (when) => `Agora marcada: a sua consulta, ${when}`,
    settled_not_booked: (when) => `Não marcada: ${when}`,
    settled_rescheduled: (when) => `Agora remarcada: a sua consulta, ${when}`,
    settled_not_rescheduled: (when) => `Não remarcada: a sua consulta continua ${when}`,
    settled_cancelled: (when) => `Agora cancelada: a sua consulta, ${when}`,
    settled_not_cancelled: (when) => `Não cancelada: a sua consulta, ${when}`,
  },
  openings: {
    booked: () => 'A sua consulta está marcada.',
    rescheduled: () => 'A sua consulta foi remarcada. Este é o novo horário.',
    cancelled: () => 'A sua consulta está cancelada, como pediu.',
    requested: () => 'A sua consulta está solicitada. Ainda temos de aceitá-la, e avisaremos.',
    settled_booked: () => `${UNTOLD} marcada. Agora está marcada.`,
    settled_not_booked: () =>
      `${UNTOLD} marcada. Lamentamos: não foi marcada, e nada está reservado para si.`,
    settled_rescheduled: () => `${UNTOLD} remarcada. Agora está remarcada. Este é o novo horário.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} remarcada. Lamentamos: não foi remarcada${wished === '' ? '' : ` para ${wished}`}. Continua como estava.`,
    settled_cancelled: () => `${UNTOLD} cancelada. Agora está cancelada.`,
    settled_not_cancelled: () =>
      `${UNTOLD} cancelada. Lamentamos: não foi cancelada, e continua de pé.`,
  },
  byBusiness: {
    rescheduled: 'Tivemos de remarcar a sua consulta. Este é o novo horário.',
    cancelled: 'Tivemos de cancelar a sua consulta. Lamentamos.',
    why: (reason) => `O motivo: ${reason}`,
  },
  ended: {
    booked: () => 'A sua consulta foi marcada, e depois cancelada.',
    rescheduled: () => 'A sua consulta foi remarcada, e depois cancelada.',
    settled_booked: () => `${UNTOLD} marcada. Foi marcada, e depois cancelada.`,
    settled_rescheduled: () => `${UNTOLD} remarcada. Foi remarcada, e depois cancelada.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} remarcada. Não foi remarcada${wished === '' ? '' : ` para ${wished}`}: entretanto foi cancelada.`,
    settled_not_cancelled: () => `${UNTOLD} cancelada. Entretanto foi cancelada.`,
  },
  code: {
    subject: (businessName) => `O seu código para ${businessName}`,
    tell: (code) =>
      `O seu código é ${code}. Diga-o a quem o pediu ao telefone; vale por alguns minutos.`,
    toStrangers:
      'Se não está falando conosco agora, outra pessoa deu o seu endereço: não dê o código a ninguém, e nada acontece.',
  },
  summary: {
    subject: (businessName) => `A sua ligação com ${businessName}`,
    opening: 'Obrigado pela sua ligação. Isto é o que resultou dela, como estava ao ser resumida.',
    status: {
      booked: 'Marcado',
      requested: 'Solicitado, ainda por aceitar',
      cancelled: 'Cancelado',
      unconfirmed: 'Ainda não confirmado',
    },
    leftMessage: 'Deixou um recado, que transmitimos.',
    toStrangers:
      'Se não nos ligou, outra pessoa deu o seu endereço: por favor, ignore este e-mail.',
  },
};

import type { MailTexts } from './mail-texts.ts';

const LOST_TOUCH = 'Durante la sua chiamata la nostra agenda non ha risposto in tempo.';
const UNTOLD = `${LOST_TOUCH} Non abbiamo potuto dirle se il suo appuntamento era stato`;

export const ITALIAN: MailTexts = {
  hello: (name) => (name === null ? 'Buongiorno,' : `Buongiorno ${name},`),
  minutes: (when, count) => `${when}, ${count} minuti`,
  where: (location) => `Luogo: ${location}`,
  closing: {
    change: 'Se deve cambiarlo o annullarlo, ci richiami, per favore.',
    callAgain: 'Per favore, ci richiami per trovare un altro orario.',
    anotherOne: 'Se ne desidera un altro, ci richiami, per favore.',
    cannotCome: 'Se non può venire, ci richiami per annullarlo, per favore.',
  },
  subjects: {
    booked: (when) => `Il suo appuntamento: ${when}`,
    rescheduled: (when) => `Il suo appuntamento è stato spostato: ${when}`,
    cancelled: (when) => `Annullato: il suo appuntamento, ${when}`,
    requested: (when) => `Richiesto: il suo appuntamento, ${when}`,
    settled_booked: (when) => `Ora prenotato: il suo appuntamento, ${when}`,
    settled_not_booked: (when) => `Non prenotato: ${when}`,
    settled_rescheduled: (when) => `Ora spostato: il suo appuntamento, ${when}`,
    settled_not_rescheduled: (when) => `Non spostato: il suo appuntamento resta ${when}`,
    settled_cancelled: (when) => `Ora annullato: il suo appuntamento, ${when}`,
    settled_not_cancelled: (when) => `Non annullato: il suo appuntamento, ${when}`,
  },
  openings: {
    booked: () => 'Il suo appuntamento è prenotato.',
    rescheduled: () => 'Il suo appuntamento è stato spostato. Questo è il nuovo orario.',
    cancelled: () => 'Il suo appuntamento è annullato, come ha chiesto.',
    requested: () =>
      'Il suo appuntamento è richiesto. Dobbiamo ancora accettarlo, e glielo faremo sapere.',
    settled_booked: () => `${UNTOLD} prenotato. Ora è prenotato.`,
    settled_not_booked: () =>
      `${UNTOLD} prenotato. Ci dispiace: non è stato prenotato, e nulla è riservato per lei.`,
    settled_rescheduled: () => `${UNTOLD} spostato. Ora è spostato. Questo è il nuovo orario.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} spostato. Ci dispiace: non è stato spostato${wished === '' ? '' : ` a ${wished}`}. Resta com'era.`,
    settled_cancelled: () => `${UNTOLD} annullato. Ora è annullato.`,
    settled_not_cancelled: () =>
      `${UNTOLD} annullato. Ci dispiace: non è stato annullato, e resta valido.`,
  },
  byBusiness: {
    rescheduled: 'Abbiamo dovuto spostare il suo appuntamento. Questo è il nuovo orario.',
    cancelled: 'Abbiamo dovuto annullare il suo appuntamento. Ci dispiace.',
    why: (reason) => `Il motivo: ${reason}`,
  },
  ended: {
    booked: () => 'Il suo appuntamento è stato prenotato, e poi annullato.',
    rescheduled: () => 'Il suo appuntamento è stato spostato, e poi annullato.',
    settled_booked: () => `${UNTOLD} prenotato. È stato prenotato, e poi annullato.`,
    settled_rescheduled: () => `${UNTOLD} spostato. È stato spostato, e poi annullato.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} spostato. Non è stato spostato${wished === '' ? '' : ` a ${wished}`}: nel frattempo è stato annullato.`,
    settled_not_cancelled: () => `${UNTOLD} annullato. Nel frattempo è stato annullato.`,
  },
  code: {
    subject: (businessName) => `Il suo codice per ${businessName}`,
    tell: (code) =>
      `Il suo codice è ${code}. Lo dica a chi glielo ha chiesto al telefono; vale qualche minuto.`,
    toStrangers:
      'Se non sta parlando con noi in questo momento, qualcun altro ha dato il suo indirizzo: non dia il codice a nessuno, e non succede nulla.',
  },
  summary: {
    subject: (businessName) => `La sua chiamata con ${businessName}`,
    opening:
      "Grazie per la sua chiamata. Ecco che cosa ne è stato, com'era quando è stata riassunta.",
    status: {
      booked: 'Prenotato',
      requested: 'Richiesto, ancora da accettare',
      cancelled: 'Annullato',
      unconfirmed: 'Non ancora confermato',
    },
    leftMessage: 'Ha lasciato un messaggio, che riferiamo.',
    toStrangers:
      'Se non ci ha chiamati, qualcun altro ha dato il suo indirizzo: per favore, ignori questa mail.',
  },
};

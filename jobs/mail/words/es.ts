import type { MailTexts } from './mail-texts.ts';

const LOST_TOUCH = 'Mientras estaba al teléfono, nuestra agenda no respondió a tiempo.';
const UNTOLD = `${LOST_TOUCH} No pudimos decirle si su cita`;

export const SPANISH: MailTexts = {
  hello: (name) => (name === null ? 'Hola:' : `Hola, ${name}:`),
  minutes: (when, count) => `${when}, ${count} minutos`,
  where: (location) => `Lugar: ${location}`,
  closing: {
    change: 'Si necesita cambiarla o cancelarla, llámenos de nuevo, por favor.',
    callAgain: 'Por favor, llámenos de nuevo para buscar otra hora.',
    anotherOne: 'Si desea otra, llámenos de nuevo, por favor.',
    cannotCome: 'Si no puede venir, llámenos de nuevo para cancelarla, por favor.',
  },
  subjects: {
    booked: (when) => `Su cita: ${when}`,
    rescheduled: (when) => `Su cita ha cambiado: ${when}`,
    cancelled: (when) => `Cancelada: su cita, ${when}`,
    requested: (when) => `Solicitada: su cita, ${when}`,
    settled_booked: (when) => `Ya está reservada: su cita, ${when}`,
    settled_not_booked: (when) => `No reservada: ${when}`,
    settled_rescheduled: (when) => `Ya está cambiada: su cita, ${when}`,
    settled_not_rescheduled: (when) => `No cambiada: su cita sigue siendo ${when}`,
    settled_cancelled: (when) => `Ya está cancelada: su cita, ${when}`,
    settled_not_cancelled: (when) => `No cancelada: su cita, ${when}`,
  },
  openings: {
    booked: () => 'Su cita está reservada.',
    rescheduled: () => 'Su cita ha cambiado. Esta es la nueva hora.',
    cancelled: () => 'Su cita está cancelada, como pidió.',
    requested: () => 'Su cita está solicitada. Todavía tenemos que aceptarla, y le avisaremos.',
    settled_booked: () => `${UNTOLD} se había reservado. Ya está reservada.`,
    settled_not_booked: () =>
      `${UNTOLD} se había reservado. Lo sentimos: no se reservó, y no hay nada guardado para usted.`,
    settled_rescheduled: () =>
      `${UNTOLD} se había cambiado. Ya está cambiada. Esta es la nueva hora.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} se había cambiado. Lo sentimos: no se cambió${wished === '' ? '' : ` a ${wished}`}. Sigue como estaba.`,
    settled_cancelled: () => `${UNTOLD} se había cancelado. Ya está cancelada.`,
    settled_not_cancelled: () =>
      `${UNTOLD} se había cancelado. Lo sentimos: no se canceló, y sigue en pie.`,
  },
  byBusiness: {
    rescheduled: 'Hemos tenido que cambiar su cita. Esta es la nueva hora.',
    cancelled: 'Hemos tenido que cancelar su cita. Lo sentimos.',
    why: (reason) => `El motivo: ${reason}`,
  },
  ended: {
    booked: () => 'Su cita se reservó, y después se canceló.',
    rescheduled: () => 'Su cita se cambió, y después se canceló.',
    settled_booked: () => `${UNTOLD} se había reservado. Se reservó, y después se canceló.`,
    settled_rescheduled: () => `${UNTOLD} se había cambiado. Se cambió, y después se canceló.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} se había cambiado. No se cambió${wished === '' ? '' : ` a ${wished}`}: entretanto se ha cancelado.`,
    settled_not_cancelled: () => `${UNTOLD} se había cancelado. Entretanto se ha cancelado.`,
  },
  code: {
    subject: (businessName) => `Su código para ${businessName}`,
    tell: (code) =>
      `Su código es ${code}. Dígaselo a quien se lo ha pedido por teléfono; vale unos minutos.`,
    toStrangers:
      'Si no está hablando con nosotros ahora, otra persona ha dado su dirección: no dé el código a nadie, y no pasará nada.',
  },
  summary: {
    subject: (businessName) => `Su llamada con ${businessName}`,
    opening:
      'Gracias por su llamada. Esto es lo que resultó de ella, tal como estaba al resumirla.',
    status: {
      booked: 'Reservado',
      requested: 'Solicitado, pendiente de aceptación',
      cancelled: 'Cancelado',
      unconfirmed: 'Todavía sin confirmar',
    },
    leftMessage: 'Dejó un mensaje, que transmitimos.',
    toStrangers:
      'Si no nos ha llamado, otra persona ha dado su dirección: por favor, ignore este correo.',
  },
};

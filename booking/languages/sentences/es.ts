import type { Sentences } from './sentences.ts';

export const SPANISH: Sentences = {
  call: {
    greeting: (businessName) => `Hola, le atiende ${businessName}, ¿en qué puedo ayudarle?`,
    isAi: 'Soy un asistente de IA.',
    isRecorded: 'Esta llamada se graba.',
    oneMoment: 'Un momento, por favor.',
    minuteLeft: 'Nos queda un minuto en esta llamada.',
    lessThanMinuteLeft: 'Nos queda menos de un minuto en esta llamada.',
    timeIsOver:
      'Lo siento, esta llamada ha llegado a su duración máxima. Vuelva a llamar si necesita algo más. Adiós.',
    backAgain: 'Perdone, se cortó la línea un momento. Ya estoy aquí. ¿Por dónde íbamos?',
  },
  offers: {
    soonest: 'lo antes posible',
    nothingSoon: 'No hay nada libre próximamente.',
    nothingFor: (asked) => `No hay nada libre para esa petición: ${asked}.`,
    taken: (label) => `Acaban de ocupar esa hora: ${label}.`,
    onlyOne: (day, time) => `${day}: solo está libre a las ${time}`,
    several: (day, count, hours) => `${day}: ${count} horas libres ${hours}`,
    whichTime: '¿Qué día prefiere, y hacia qué hora?',
    whichKind: (list) => `¿Para qué es: ${list}?`,
    withWhom: (list) => `¿Con quién lo desea: ${list}?`,
    withHost: (label, host) => `${label} con ${host}`,
    howLong: (list) => `Puede durar ${list} minutos. ¿Cuánto tiempo necesita?`,
  },
  wishes: {
    unclear: 'No he entendido qué día u hora quiere decir. ¿Qué día prefiere, y a qué hora?',
    past: 'Ese momento ya ha pasado. ¿Qué día prefiere, y a qué hora?',
    noSuchTime: 'Ese día cambia la hora y esa hora no existe. ¿Qué hora prefiere en su lugar?',
    isIt: (label) => `No lo he entendido todo. ¿Quiere decir ${label}?`,
    whichOf: (list) => `¿Quiere decir ${list}?`,
  },
  changes: {
    booked: (label, name) => `Reservado: ${label}, a nombre de ${name}.`,
    requested: (label, name) =>
      `Solicitado: ${label}, a nombre de ${name}. La empresa todavía tiene que aceptarlo.`,
    alreadyBooked: (label, name) => `Ya está reservado: ${label}, a nombre de ${name}.`,
    alreadyRequested: (label, name) => `Ya está solicitado: ${label}, a nombre de ${name}.`,
    moved: (before, label) => `Cambiado: antes ${before}; ahora ${label}.`,
    moveRequested: (before, label) =>
      `He solicitado el cambio: ahora ${before}; se pide ${label}. La empresa todavía tiene que aceptarlo.`,
    cancelled: (label) => `Cancelado: ${label}.`,
    bookingOpen: 'Todavía no he podido confirmar la reserva.',
    moveOpen: 'Todavía no he podido confirmar la nueva hora.',
    cancellationOpen: 'Todavía no he podido confirmar la cancelación.',
    youWillHear: 'Recibirá un mensaje en cuanto esté resuelto.',
    callAgain: 'Por favor, llámenos de nuevo en unos minutos para saber cómo ha quedado.',
    beingChanged: 'Esa cita ya se está modificando.',
    noMore:
      'En esta llamada no se pueden reservar ni cambiar más citas. Por favor, vuelva a llamar para eso.',
  },
  appointments: {
    found: (list) => `He encontrado su cita: ${list}.`,
    notFound: 'No encuentro ninguna cita con esos datos.',
    offerCode: 'Si quiere, puedo enviar un código a esa dirección y usted me lo dice.',
    codeMailed:
      'Si hay una cita hecha con esa dirección, va en camino un código de seis cifras. ¿Cuál es el código?',
    codeNotMailed: 'Ahora mismo no puedo enviar un código. ¿Qué día es la cita, y a qué hora?',
    whichAddress: '¿Con qué dirección de correo electrónico se hizo la cita?',
    whichDay: '¿Y qué día es la cita, y a qué hora?',
    whichDayExactly: '¿Qué día es exactamente, y a qué hora?',
    whichTime: '¿Y a qué hora de ese día?',
    noMoreLookUps: 'En esta llamada no se pueden buscar más citas.',
  },
  messages: {
    taken: 'He anotado su mensaje y lo transmitiré.',
    takenAsUrgent: 'He anotado su mensaje como urgente y lo transmitiré.',
    summarySent: 'Le envío un correo con lo que hemos acordado.',
  },
  heard: {
    details: (list) => `Tengo ${list}.`,
    email: (address) => `Tengo ${address} como dirección de correo. ¿Es correcto?`,
    number: (number) => `Tengo ${number} como número para devolver la llamada. ¿Es correcto?`,
    isThatRight: '¿Es correcto?',
    didYouMean: (likely, given) => `¿Quiere decir ${likely}, o es realmente ${given}?`,
  },
  truth: {
    booked: (label) => `Su cita está reservada: ${label}.`,
    moved: (label) => `Su cita se ha cambiado: ${label}.`,
    cancelled: (label) => `Su cita se ha cancelado: ${label}.`,
    requested: (label) => `He solicitado ${label}. La empresa todavía tiene que aceptarlo.`,
    unconfirmed: 'Todavía no he podido confirmarlo.',
    nothing: 'Todavía no hay nada reservado. ¿Qué día y a qué hora le vendría bien?',
    offer: (list) => `Todavía no hay nada reservado. Puedo ofrecerle ${list}. ¿Cuál prefiere?`,
  },
  calendar: {
    'key-missing':
      'Nuestra agenda no está conectada en este momento, así que no puedo reservarle nada. Por favor, vuelva a llamar más tarde.',
    'key-refused':
      'Nuestra agenda no me deja entrar en este momento, así que no hay nada reservado. Por favor, vuelva a llamar más tarde.',
    'key-without-rights':
      'No tengo permiso para hacer eso en nuestra agenda, así que no se ha reservado ni cambiado nada. Por favor, pregunte a nuestro personal.',
    'event-type-missing':
      'Ese tipo de cita ya no está en nuestra agenda, así que no puedo reservarla. Por favor, pregunte a nuestro personal.',
    'slug-of-another-user':
      'Ese tipo de cita no está en esta agenda, así que no puedo reservarla. Por favor, pregunte a nuestro personal.',
    'no-availability':
      'Nuestra agenda no tiene horario en este momento, así que no puedo ofrecerle horas. Por favor, vuelva a llamar más tarde.',
    'not-supported':
      'Ese tipo de cita no se puede reservar aquí. Por favor, pregunte a nuestro personal.',
    'cancelling-not-allowed':
      'Las citas de este tipo no se pueden cancelar aquí, así que sigue como está. Por favor, pregunte a nuestro personal.',
    'moving-not-allowed':
      'Las citas de este tipo no se pueden cambiar aquí, así que sigue cuando estaba. Por favor, pregunte a nuestro personal.',
    'attendee-has-enough':
      'Con esa dirección ya hay tantas citas pendientes como permite nuestra agenda, así que no se reserva nada más. Puedo buscar la que tiene.',
    'attendee-has-it-already':
      'Ya tiene una cita a esa misma hora, y sigue como está. No se reserva nada más.',
    'address-not-accepted':
      'Nuestra agenda no permite reservar con esa dirección de correo, así que no hay nada reservado. ¿Tiene otra?',
    'notes-too-long':
      'Esa nota es más larga de lo que admite nuestra agenda, así que todavía no hay nada reservado. Digámoslo con menos palabras.',
    SlotUnavailableError: 'Esa hora ya no está libre. Puedo buscar otra.',
    BookingNotFoundError: 'En nuestra agenda no existe esa cita.',
    RequestRefusedError:
      'Nuestra agenda no lo acepta, y no se ha reservado ni cambiado nada. Revisemos lo que me ha dicho.',
    RateLimitedError:
      'Nuestra agenda está muy ocupada en este momento. No se ha reservado ni cambiado nada. Probemos de nuevo en un minuto.',
    CalendarUnreachableError:
      'No puedo acceder a nuestra agenda en este momento. No se ha reservado ni cambiado nada. Probemos de nuevo en un minuto.',
    OutcomeUnknownError:
      'Todavía no he podido confirmarlo. Recibirá un mensaje en cuanto lo sepa, así que hasta entonces no cuente con ello.',
    unknown:
      'Algo va mal con nuestra agenda, y no sé decirle qué. Por favor, pregunte a nuestro personal.',
  },
};

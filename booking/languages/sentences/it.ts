import type { Sentences } from './sentences.ts';

export const ITALIAN: Sentences = {
  call: {
    greeting: (businessName) => `Buongiorno, qui ${businessName}, come posso aiutarla?`,
    isAi: 'Sono un assistente IA.',
    isRecorded: 'Questa chiamata viene registrata.',
    oneMoment: 'Un attimo, per favore.',
    minuteLeft: 'Ci resta un minuto per questa chiamata.',
    lessThanMinuteLeft: 'Ci resta meno di un minuto per questa chiamata.',
    timeIsOver:
      'Mi dispiace, questa chiamata ha raggiunto la durata massima. Ci richiami se ha bisogno di altro. Arrivederci.',
    backAgain: 'Mi scusi, la linea è caduta per un momento. Sono di nuovo qui. Dove eravamo?',
  },
  offers: {
    soonest: 'il prima possibile',
    nothingSoon: "Non c'è niente di libero a breve.",
    nothingFor: (asked) => `Non c'è niente di libero per questa richiesta: ${asked}.`,
    taken: (label) => `Questo orario è appena stato preso: ${label}.`,
    onlyOne: (day, time) => `${day}: è libero solo alle ${time}`,
    several: (day, count, hours) => `${day}: ${count} orari liberi ${hours}`,
    whichTime: 'Che giorno preferisce, e verso che ora?',
    whichKind: (list) => `Per che cosa: ${list}?`,
    withWhom: (list) => `Con chi lo desidera: ${list}?`,
    withHost: (label, host) => `${label} con ${host}`,
    howLong: (list) => `Può durare ${list} minuti. Quanto tempo le serve?`,
  },
  wishes: {
    unclear: 'Non ho capito che giorno o che ora intende. Che giorno preferisce, e a che ora?',
    past: 'Quel momento è già passato. Che giorno preferisce, e a che ora?',
    noSuchTime:
      "Quel giorno cambia l'ora e quell'orario non esiste. Che ora preferisce al suo posto?",
    isIt: (label) => `Non ho capito tutto. Intende ${label}?`,
    whichOf: (list) => `Intende ${list}?`,
  },
  changes: {
    booked: (label, name) => `Prenotato: ${label}, a nome di ${name}.`,
    requested: (label, name) =>
      `Richiesto: ${label}, a nome di ${name}. L'azienda deve ancora accettarlo.`,
    alreadyBooked: (label, name) => `Già prenotato: ${label}, a nome di ${name}.`,
    alreadyRequested: (label, name) => `Già richiesto: ${label}, a nome di ${name}.`,
    moved: (before, label) => `Spostato: prima ${before}; ora ${label}.`,
    moveRequested: (before, label) =>
      `La richiesta è inoltrata: attualmente ${before}; desiderato ${label}. L'azienda deve ancora accettarlo.`,
    cancelled: (label) => `Annullato: ${label}.`,
    bookingOpen: 'Non ho ancora potuto confermare la prenotazione.',
    moveOpen: 'Non ho ancora potuto confermare il nuovo orario.',
    cancellationOpen: "Non ho ancora potuto confermare l'annullamento.",
    youWillHear: 'Riceverà un messaggio appena sarà risolto.',
    callAgain: "Per favore, ci richiami tra qualche minuto per sapere com'è andata.",
    beingChanged: 'Questo appuntamento è già in fase di modifica.',
    noMore:
      'In questa chiamata non si possono prenotare o cambiare altri appuntamenti. Per favore, richiami per questo.',
  },
  appointments: {
    found: (list) => `Ho trovato il suo appuntamento: ${list}.`,
    notFound: 'Non trovo nessun appuntamento con questi dati.',
    offerCode: 'Se vuole, posso inviare un codice a quell’indirizzo, e lei mi dice qual è.',
    codeMailed:
      "Se un appuntamento è stato preso con quell'indirizzo, un codice di sei cifre è in arrivo. Qual è il codice?",
    codeNotMailed:
      "In questo momento non posso inviare un codice. In che giorno è l'appuntamento, e a che ora?",
    whichAddress: "Con quale indirizzo e-mail è stato preso l'appuntamento?",
    whichDay: "E in che giorno è l'appuntamento, e a che ora?",
    whichDayExactly: 'In che giorno è esattamente, e a che ora?',
    whichTime: 'E a che ora di quel giorno?',
    noMoreLookUps: 'In questa chiamata non si possono cercare altri appuntamenti.',
  },
  messages: {
    taken: 'Ho annotato il suo messaggio e lo riferirò.',
    takenAsUrgent: 'Ho annotato il suo messaggio come urgente e lo riferirò.',
    summarySent: "Le invio un'e-mail con quello che abbiamo concordato.",
  },
  heard: {
    details: (list) => `Ho ${list}.`,
    email: (address) => `Ho ${address} come indirizzo e-mail. È giusto?`,
    number: (number) => `Ho ${number} come numero da richiamare. È giusto?`,
    isThatRight: 'È giusto?',
    didYouMean: (likely, given) => `Intende ${likely}, o è davvero ${given}?`,
  },
  truth: {
    booked: (label) => `Il suo appuntamento è prenotato: ${label}.`,
    moved: (label) => `Il suo appuntamento è stato spostato: ${label}.`,
    cancelled: (label) => `Il suo appuntamento è stato annullato: ${label}.`,
    requested: (label) => `Ho richiesto ${label}. L'azienda deve ancora accettarlo.`,
    unconfirmed: 'Non ho ancora potuto confermarlo.',
    nothing: 'Non è ancora prenotato nulla. Che giorno e che ora le andrebbero bene?',
    offer: (list) => `Non è ancora prenotato nulla. Posso offrirle ${list}. Quale preferisce?`,
  },
  calendar: {
    'key-missing':
      'La nostra agenda in questo momento non è collegata, quindi non posso prenotare nulla. Per favore, richiami più tardi.',
    'key-refused':
      'La nostra agenda in questo momento non mi lascia entrare, quindi non è prenotato nulla. Per favore, richiami più tardi.',
    'key-without-rights':
      'Non ho il permesso di farlo nella nostra agenda, quindi non è prenotato né cambiato nulla. Per favore, chieda al nostro personale.',
    'event-type-missing':
      'Questo tipo di appuntamento non è più nella nostra agenda, quindi non posso prenotarlo. Per favore, chieda al nostro personale.',
    'slug-of-another-user':
      'Questo tipo di appuntamento non è in questa agenda, quindi non posso prenotarlo. Per favore, chieda al nostro personale.',
    'no-availability':
      'La nostra agenda in questo momento non ha orari, quindi non ho nulla da offrire. Per favore, richiami più tardi.',
    'not-supported':
      'Questo tipo di appuntamento non si può prenotare qui. Per favore, chieda al nostro personale.',
    'cancelling-not-allowed':
      "Gli appuntamenti di questo tipo non si possono annullare qui, quindi resta com'è. Per favore, chieda al nostro personale.",
    'moving-not-allowed':
      'Gli appuntamenti di questo tipo non si possono spostare qui, quindi resta quando è. Per favore, chieda al nostro personale.',
    'attendee-has-enough':
      "Con quell'indirizzo ci sono già tanti appuntamenti futuri quanti ne permette la nostra agenda, quindi non si prenota altro. Posso cercare quello che ha.",
    'attendee-has-it-already':
      "Ha già un appuntamento proprio a quell'ora, e resta com'è. Non si prenota altro.",
    'address-not-accepted':
      "La nostra agenda non permette di prenotare con quell'indirizzo e-mail, quindi non è prenotato nulla. Ce n'è un altro?",
    'notes-too-long':
      'Questa nota è più lunga di quanto la nostra agenda accetti, quindi non è ancora prenotato nulla. Diciamolo in meno parole.',
    SlotUnavailableError: 'Questo orario non è più libero. Posso cercarne un altro.',
    BookingNotFoundError: "Nella nostra agenda non c'è questo appuntamento.",
    RequestRefusedError:
      'La nostra agenda non lo accetta, e non è stato prenotato né cambiato nulla. Controlliamo quello che mi ha detto.',
    RateLimitedError:
      'La nostra agenda in questo momento è molto occupata. Non è stato prenotato né cambiato nulla. Riproviamo tra un minuto.',
    CalendarUnreachableError:
      'In questo momento non riesco a raggiungere la nostra agenda. Non è stato prenotato né cambiato nulla. Riproviamo tra un minuto.',
    OutcomeUnknownError:
      'Non ho ancora potuto confermarlo. Riceverà un messaggio appena lo saprò, quindi fino ad allora non ci conti.',
    unknown:
      "C'è qualcosa che non va con la nostra agenda, e non so dire che cosa. Per favore, chieda al nostro personale.",
  },
};

import type { Sentences } from './sentences.ts';

export const GERMAN: Sentences = {
  call: {
    greeting: (businessName) => `Guten Tag, hier ist ${businessName}, wie kann ich Ihnen helfen?`,
    isAi: 'Ich bin ein KI-Assistent.',
    isRecorded: 'Dieses Gespräch wird aufgezeichnet.',
    oneMoment: 'Einen Moment, bitte.',
    minuteLeft: 'Wir haben noch eine Minute für dieses Gespräch.',
    lessThanMinuteLeft: 'Wir haben noch weniger als eine Minute für dieses Gespräch.',
    timeIsOver:
      'Es tut mir leid, dieses Gespräch hat seine längste Dauer erreicht. Rufen Sie gern noch einmal an. Auf Wiederhören.',
    backAgain:
      'Entschuldigung, die Leitung war einen Moment unterbrochen. Ich bin wieder da. Wo waren wir?',
  },
  offers: {
    soonest: 'so bald wie möglich',
    nothingSoon: 'In nächster Zeit ist nichts frei.',
    nothingFor: (asked) => `Für diesen Wunsch ist nichts frei: ${asked}.`,
    taken: (label) => `Diese Zeit wurde gerade vergeben: ${label}.`,
    onlyOne: (day, time) => `${day}: nur um ${time} Uhr ist etwas frei`,
    several: (day, count, hours) => `${day}: ${count} freie Zeiten ${hours}`,
    whichTime: 'Welcher Tag passt Ihnen, und um wie viel Uhr ungefähr?',
    whichKind: (list) => `Worum geht es: ${list}?`,
    withWhom: (list) => `Bei wem soll es sein: ${list}?`,
    withHost: (label, host) => `${label} bei ${host}`,
    howLong: (list) => `Es kann ${list} Minuten dauern. Wie lange soll es sein?`,
  },
  wishes: {
    unclear:
      'Ich habe nicht verstanden, welchen Tag oder welche Zeit Sie meinen. Welcher Tag passt Ihnen, und um wie viel Uhr?',
    past: 'Das ist schon vorbei. Welcher Tag passt Ihnen, und um wie viel Uhr?',
    noSuchTime:
      'An diesem Tag werden die Uhren umgestellt, und diese Zeit gibt es nicht. Welche Zeit passt Ihnen stattdessen?',
    isIt: (label) => `Ich habe nicht alles verstanden. Meinen Sie ${label}?`,
    whichOf: (list) => `Meinen Sie ${list}?`,
  },
  changes: {
    booked: (label, name) => `Gebucht: ${label}, für ${name}.`,
    requested: (label, name) =>
      `Angefragt: ${label}, für ${name}. Der Betrieb muss es noch annehmen.`,
    alreadyBooked: (label, name) => `Schon gebucht: ${label}, für ${name}.`,
    alreadyRequested: (label, name) => `Schon angefragt: ${label}, für ${name}.`,
    moved: (before, label) => `Verschoben: bisher ${before}; jetzt ${label}.`,
    moveRequested: (before, label) =>
      `Die Änderung ist angefragt: bisher ${before}; angefragt ${label}. Der Betrieb muss es noch annehmen.`,
    cancelled: (label) => `Abgesagt: ${label}.`,
    bookingOpen: 'Ich konnte die Buchung noch nicht bestätigen.',
    moveOpen: 'Ich konnte die neue Zeit noch nicht bestätigen.',
    cancellationOpen: 'Ich konnte die Absage noch nicht bestätigen.',
    youWillHear: 'Sie bekommen eine Nachricht, sobald es geklärt ist.',
    callAgain: 'Bitte rufen Sie in ein paar Minuten wieder an, um zu hören, wie es ausging.',
    beingChanged: 'Dieser Termin wird gerade schon geändert.',
    noMore:
      'In diesem Anruf können keine weiteren Termine gebucht oder geändert werden. Bitte rufen Sie dafür noch einmal an.',
  },
  appointments: {
    found: (list) => `Ich habe Ihren Termin gefunden: ${list}.`,
    notFound: 'Ich finde keinen Termin mit diesen Angaben.',
    offerCode:
      'Wenn Sie möchten, schicke ich einen Code an diese Adresse, und Sie sagen mir, wie er lautet.',
    codeMailed:
      'Falls ein Termin mit dieser Adresse gemacht wurde, ist ein Code mit sechs Ziffern unterwegs. Wie lautet der Code?',
    codeNotMailed:
      'Ich kann im Moment keinen Code schicken. An welchem Tag ist der Termin, und um wie viel Uhr?',
    whichAddress: 'Mit welcher E-Mail-Adresse wurde der Termin gemacht?',
    whichDay: 'Und an welchem Tag ist der Termin, und um wie viel Uhr?',
    whichDayExactly: 'An welchem Tag ist es genau, und um wie viel Uhr?',
    whichTime: 'Und um wie viel Uhr an diesem Tag?',
    noMoreLookUps: 'In diesem Anruf können keine weiteren Termine gesucht werden.',
  },
  messages: {
    taken: 'Ich habe Ihre Nachricht aufgeschrieben und gebe sie weiter.',
    takenAsUrgent: 'Ich habe Ihre Nachricht als dringend aufgeschrieben und gebe sie weiter.',
    summarySent: 'Ich schicke Ihnen eine E-Mail mit dem, was wir besprochen haben.',
  },
  heard: {
    details: (list) => `Ich habe ${list}.`,
    email: (address) => `Ich habe ${address} als E-Mail-Adresse. Ist das richtig?`,
    number: (number) => `Ich habe ${number} als Nummer für den Rückruf. Ist das richtig?`,
    isThatRight: 'Ist das richtig?',
    didYouMean: (likely, given) => `Meinen Sie ${likely}, oder ist es wirklich ${given}?`,
  },
  truth: {
    booked: (label) => `Ihr Termin ist gebucht: ${label}.`,
    moved: (label) => `Ihr Termin wurde verschoben: ${label}.`,
    cancelled: (label) => `Ihr Termin wurde abgesagt: ${label}.`,
    requested: (label) => `Ich habe ${label} angefragt. Der Betrieb muss es noch annehmen.`,
    unconfirmed: 'Das konnte ich noch nicht bestätigen.',
    nothing: 'Es ist noch nichts gebucht. Welcher Tag und welche Zeit passen Ihnen?',
    offer: (list) =>
      `Es ist noch nichts gebucht. Ich kann Ihnen ${list} anbieten. Was möchten Sie?`,
  },
  calendar: {
    'key-missing':
      'Unser Kalender ist im Moment nicht verbunden, daher kann ich nichts für Sie buchen. Bitte rufen Sie später wieder an.',
    'key-refused':
      'Unser Kalender lässt mich im Moment nicht hinein, daher ist nichts gebucht. Bitte rufen Sie später wieder an.',
    'key-without-rights':
      'Das darf ich in unserem Kalender nicht, daher ist nichts gebucht oder geändert. Bitte fragen Sie unsere Mitarbeiter.',
    'event-type-missing':
      'Diese Art von Termin ist nicht mehr in unserem Kalender, daher kann ich ihn nicht buchen. Bitte fragen Sie unsere Mitarbeiter.',
    'slug-of-another-user':
      'Diese Art von Termin ist nicht in diesem Kalender, daher kann ich ihn nicht buchen. Bitte fragen Sie unsere Mitarbeiter.',
    'no-availability':
      'In unserem Kalender sind im Moment keine Zeiten eingestellt, daher kann ich nichts anbieten. Bitte rufen Sie später wieder an.',
    'not-supported':
      'Diese Art von Termin kann hier nicht gebucht werden. Bitte fragen Sie unsere Mitarbeiter.',
    'cancelling-not-allowed':
      'Termine dieser Art können hier nicht abgesagt werden, daher bleibt er, wie er ist. Bitte fragen Sie unsere Mitarbeiter.',
    'moving-not-allowed':
      'Termine dieser Art können hier nicht verschoben werden, daher bleibt er, wann er ist. Bitte fragen Sie unsere Mitarbeiter.',
    'attendee-has-enough':
      'Mit dieser E-Mail-Adresse gibt es schon so viele Termine, wie unser Kalender erlaubt, daher wird nichts weiter gebucht. Ich kann den suchen, den Sie haben.',
    'attendee-has-it-already':
      'Sie haben genau zu dieser Zeit schon einen Termin, und er bleibt, wie er ist. Es wird nichts weiter gebucht.',
    'address-not-accepted':
      'Unser Kalender lässt niemanden mit dieser E-Mail-Adresse buchen, daher ist nichts gebucht. Gibt es eine andere?',
    'notes-too-long':
      'Diese Notiz ist länger, als unser Kalender erlaubt, daher ist noch nichts gebucht. Sagen wir es kürzer.',
    SlotUnavailableError: 'Diese Zeit ist nicht mehr frei. Ich kann eine andere suchen.',
    BookingNotFoundError: 'In unserem Kalender gibt es keinen solchen Termin.',
    RequestRefusedError:
      'Unser Kalender nimmt das nicht an, und es wurde nichts gebucht oder geändert. Sehen wir nach, was Sie mir gesagt haben.',
    RateLimitedError:
      'Unser Kalender ist im Moment sehr beschäftigt. Es wurde nichts gebucht oder geändert. Versuchen wir es in einer Minute noch einmal.',
    CalendarUnreachableError:
      'Ich erreiche unseren Kalender im Moment nicht. Es wurde nichts gebucht oder geändert. Versuchen wir es in einer Minute noch einmal.',
    OutcomeUnknownError:
      'Ich konnte es noch nicht bestätigen. Sie bekommen eine Nachricht, sobald ich es weiß, also rechnen Sie bis dahin bitte nicht damit.',
    unknown:
      'Mit unserem Kalender stimmt etwas nicht, und ich kann nicht sagen, was. Bitte fragen Sie unsere Mitarbeiter.',
  },
};

import type { Sentences } from './sentences.ts';

export const FRENCH: Sentences = {
  call: {
    greeting: (businessName) => `Bonjour, ici ${businessName}, comment puis-je vous aider ?`,
    isAi: 'Je suis un assistant IA.',
    isRecorded: 'Nous enregistrons cet appel.',
    oneMoment: 'Un instant, s’il vous plaît.',
    minuteLeft: 'Il nous reste une minute pour cet appel.',
    lessThanMinuteLeft: 'Il nous reste moins d’une minute pour cet appel.',
    timeIsOver:
      'Je suis désolé, cet appel a atteint sa durée maximale. Rappelez-nous si vous avez besoin d’autre chose. Au revoir.',
    backAgain:
      'Je suis désolé, nous avons été coupés un instant. Je suis de retour. Où en étions-nous ?',
  },
  offers: {
    soonest: 'le plus tôt possible',
    nothingSoon: "Il n'y a rien de libre prochainement.",
    nothingFor: (asked) => `Il n'y a rien de libre pour cette demande : ${asked}.`,
    taken: (label) => `Ce créneau vient d'être pris : ${label}.`,
    onlyOne: (day, time) => `${day} : seul ${time} est libre`,
    several: (day, count, hours) => `${day} : ${count} créneaux libres ${hours}`,
    whichTime: 'Quel jour souhaitez-vous, et vers quelle heure ?',
    whichKind: (list) => `C'est pour quoi : ${list} ?`,
    withWhom: (list) => `Avec qui le souhaitez-vous : ${list} ?`,
    withHost: (label, host) => `${label} avec ${host}`,
    howLong: (list) => `Cela peut durer ${list} minutes. Combien de temps vous faut-il ?`,
  },
  wishes: {
    unclear:
      "Je n'ai pas compris quel jour ou quelle heure vous voulez dire. Quel jour souhaitez-vous, et à quelle heure ?",
    past: 'Ce moment est déjà passé. Quel jour souhaitez-vous, et à quelle heure ?',
    noSuchTime:
      "L'heure change ce jour-là et cette heure n'existe pas. Quelle heure souhaitez-vous à la place ?",
    isIt: (label) => `Je n'ai pas tout compris. Voulez-vous dire ${label} ?`,
    whichOf: (list) => `Voulez-vous dire ${list} ?`,
  },
  changes: {
    booked: (label, name) => `C'est réservé : ${label}, au nom de ${name}.`,
    requested: (label, name) =>
      `C'est demandé : ${label}, au nom de ${name}. L'entreprise doit encore l'accepter.`,
    alreadyBooked: (label, name) => `C'est déjà réservé : ${label}, au nom de ${name}.`,
    alreadyRequested: (label, name) => `C'est déjà demandé : ${label}, au nom de ${name}.`,
    moved: (before, label) => `C'est déplacé : avant ${before} ; maintenant ${label}.`,
    moveRequested: (before, label) =>
      `La demande est transmise : actuellement ${before} ; souhaité ${label}. L'entreprise doit encore l'accepter.`,
    cancelled: (label) => `C'est annulé : ${label}.`,
    bookingOpen: "Je n'ai pas encore pu confirmer la réservation.",
    moveOpen: "Je n'ai pas encore pu confirmer le nouvel horaire.",
    cancellationOpen: "Je n'ai pas encore pu confirmer l'annulation.",
    youWillHear: 'Vous recevrez un message dès que ce sera réglé.',
    callAgain: "Merci de nous rappeler dans quelques minutes pour savoir ce qu'il en est.",
    beingChanged: 'Ce rendez-vous est déjà en cours de modification.',
    noMore:
      'On ne peut plus réserver ni changer de rendez-vous pendant cet appel. Merci de rappeler pour cela.',
  },
  appointments: {
    found: (list) => `J'ai trouvé votre rendez-vous : ${list}.`,
    notFound: 'Je ne trouve pas de rendez-vous avec ces informations.',
    offerCode: 'Si vous voulez, je peux envoyer un code à cette adresse, et vous me le dites.',
    codeMailed:
      'Si un rendez-vous a été pris avec cette adresse, un code de six chiffres est en route. Quel est le code ?',
    codeNotMailed:
      'Je ne peux pas envoyer de code pour le moment. Quel jour est le rendez-vous, et à quelle heure ?',
    whichAddress: 'Avec quelle adresse e-mail le rendez-vous a-t-il été pris ?',
    whichDay: 'Et quel jour est le rendez-vous, et à quelle heure ?',
    whichDayExactly: 'Quel jour est-ce exactement, et à quelle heure ?',
    whichTime: 'Et à quelle heure ce jour-là ?',
    noMoreLookUps: 'On ne peut plus rechercher de rendez-vous pendant cet appel.',
  },
  messages: {
    taken: "J'ai noté votre message et je le transmettrai.",
    takenAsUrgent: "J'ai noté votre message comme urgent et je le transmettrai.",
    summarySent: 'Je vous envoie un e-mail avec ce dont nous avons convenu.',
  },
  heard: {
    details: (list) => `J'ai noté ${list}.`,
    email: (address) => `J'ai noté ${address} comme adresse e-mail. Est-ce exact ?`,
    number: (number) => `J'ai noté ${number} comme numéro à rappeler. Est-ce exact ?`,
    isThatRight: 'Est-ce exact ?',
    didYouMean: (likely, given) => `Voulez-vous dire ${likely}, ou est-ce vraiment ${given} ?`,
  },
  truth: {
    booked: (label) => `Votre rendez-vous est réservé : ${label}.`,
    moved: (label) => `Votre rendez-vous a été déplacé : ${label}.`,
    cancelled: (label) => `Votre rendez-vous a été annulé : ${label}.`,
    requested: (label) => `J'ai demandé ${label}. L'entreprise doit encore l'accepter.`,
    unconfirmed: "Je n'ai pas encore pu le confirmer.",
    nothing: "Rien n'est encore réservé. Quel jour et quelle heure vous conviendraient ?",
    offer: (list) =>
      `Rien n'est encore réservé. Je peux vous proposer ${list}. Lequel préférez-vous ?`,
  },
  calendar: {
    'key-missing':
      "Notre agenda n'est pas connecté en ce moment, je ne peux donc rien réserver pour vous. Merci de rappeler plus tard.",
    'key-refused':
      "Notre agenda ne me laisse pas entrer en ce moment, donc rien n'est réservé. Merci de rappeler plus tard.",
    'key-without-rights':
      "Je n'ai pas le droit de faire cela dans notre agenda, donc rien n'est réservé ni changé. Merci de demander à notre équipe.",
    'event-type-missing':
      "Ce type de rendez-vous n'est plus dans notre agenda, je ne peux donc pas le réserver. Merci de demander à notre équipe.",
    'slug-of-another-user':
      "Ce type de rendez-vous n'est pas dans cet agenda, je ne peux donc pas le réserver. Merci de demander à notre équipe.",
    'no-availability':
      "Notre agenda n'a pas d'horaires en ce moment, je n'ai donc rien à proposer. Merci de rappeler plus tard.",
    'not-supported':
      'Ce type de rendez-vous ne peut pas être réservé ici. Merci de demander à notre équipe.',
    'cancelling-not-allowed':
      'Les rendez-vous de ce type ne peuvent pas être annulés ici, il reste donc tel quel. Merci de demander à notre équipe.',
    'moving-not-allowed':
      'Les rendez-vous de ce type ne peuvent pas être déplacés ici, il reste donc à la même heure. Merci de demander à notre équipe.',
    'attendee-has-enough':
      "Avec cette adresse il y a déjà autant de rendez-vous à venir que notre agenda en permet, donc rien de plus n'est réservé. Je peux chercher celui que vous avez.",
    'attendee-has-it-already':
      "Vous avez déjà un rendez-vous à cette heure-là, et il reste tel quel. Rien de plus n'est réservé.",
    'address-not-accepted':
      "Notre agenda ne permet pas de réserver avec cette adresse e-mail, donc rien n'est réservé. Y en a-t-il une autre ?",
    'notes-too-long':
      "Cette note est plus longue que ce que notre agenda accepte, donc rien n'est encore réservé. Disons-le en moins de mots.",
    SlotUnavailableError: "Ce créneau n'est plus libre. Je peux en chercher un autre.",
    BookingNotFoundError: "Il n'y a pas de tel rendez-vous dans notre agenda.",
    RequestRefusedError:
      "Notre agenda ne l'accepte pas, et rien n'a été réservé ni changé. Vérifions ce que vous m'avez dit.",
    RateLimitedError:
      "Notre agenda est très occupé en ce moment. Rien n'a été réservé ni changé. Réessayons dans une minute.",
    CalendarUnreachableError:
      "Je ne peux pas joindre notre agenda en ce moment. Rien n'a été réservé ni changé. Réessayons dans une minute.",
    OutcomeUnknownError:
      "Je n'ai pas encore pu le confirmer. Vous recevrez un message dès que je le saurai, alors n'y comptez pas d'ici là.",
    unknown:
      'Quelque chose ne va pas avec notre agenda, et je ne peux pas dire quoi. Merci de demander à notre équipe.',
  },
};

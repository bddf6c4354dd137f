import type { MailTexts } from './mail-texts.ts';

const LOST_TOUCH = "Pendant votre appel, notre agenda n'a pas répondu à temps.";
const UNTOLD = `${LOST_TOUCH} Nous n'avons pas pu vous dire si votre rendez-vous avait été`;

export const FRENCH: MailTexts = {
  hello: (name) => (name === null ? 'Bonjour,' : `Bonjour ${name},`),
  minutes: (when, count) => `${when}, ${count} minutes`,
  where: (location) => `Lieu : ${location}`,
  closing: {
    change: "Si vous devez le changer ou l'annuler, merci de nous rappeler.",
    callAgain: 'Merci de nous rappeler pour trouver un autre horaire.',
    anotherOne: 'Si vous en souhaitez un autre, merci de nous rappeler.',
    cannotCome: "Si vous ne pouvez pas venir, merci de nous rappeler pour l'annuler.",
  },
  subjects: {
    booked: (when) => `Votre rendez-vous : ${when}`,
    rescheduled: (when) => `Votre rendez-vous a été déplacé : ${when}`,
    cancelled: (when) => `Annulé : votre rendez-vous, ${when}`,
    requested: (when) => `Demandé : votre rendez-vous, ${when}`,
    settled_booked: (when) => `Maintenant réservé : votre rendez-vous, ${when}`,
    settled_not_booked: (when) => `Non réservé : ${when}`,
    settled_rescheduled: (when) => `Maintenant déplacé : votre rendez-vous, ${when}`,
    settled_not_rescheduled: (when) => `Non déplacé : votre rendez-vous reste ${when}`,
    settled_cancelled: (when) => `Maintenant annulé : votre rendez-vous, ${when}`,
    settled_not_cancelled: (when) => `Non annulé : votre rendez-vous, ${when}`,
  },
  openings: {
    booked: () => 'Votre rendez-vous est réservé.',
    rescheduled: () => 'Votre rendez-vous a été déplacé. Voici le nouvel horaire.',
    cancelled: () => 'Votre rendez-vous est annulé, comme vous l’avez demandé.',
    requested: () =>
      "Votre rendez-vous est demandé. Nous devons encore l'accepter, et nous vous le dirons.",
    settled_booked: () => `${UNTOLD} réservé. Il est réservé maintenant.`,
    settled_not_booked: () =>
      `${UNTOLD} réservé. Nous sommes désolés : il n'a pas été réservé, et rien n'est gardé pour vous.`,
    settled_rescheduled: () =>
      `${UNTOLD} déplacé. Il est déplacé maintenant. Voici le nouvel horaire.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} déplacé. Nous sommes désolés : il n'a pas été déplacé${wished === '' ? '' : ` à ${wished}`}. Il reste comme il était.`,
    settled_cancelled: () => `${UNTOLD} annulé. Il est annulé maintenant.`,
    settled_not_cancelled: () =>
      `${UNTOLD} annulé. Nous sommes désolés : il n'a pas été annulé, et tient toujours.`,
  },
  byBusiness: {
    rescheduled: 'Nous avons dû déplacer votre rendez-vous. Voici le nouvel horaire.',
    cancelled: 'Nous avons dû annuler votre rendez-vous. Nous en sommes désolés.',
    why: (reason) => `La raison : ${reason}`,
  },
  ended: {
    booked: () => 'Votre rendez-vous a été réservé, puis annulé depuis.',
    rescheduled: () => 'Votre rendez-vous a été déplacé, puis annulé depuis.',
    settled_booked: () => `${UNTOLD} réservé. Il l'a été, puis annulé depuis.`,
    settled_rescheduled: () => `${UNTOLD} déplacé. Il l'a été, puis annulé depuis.`,
    settled_not_rescheduled: (wished) =>
      `${UNTOLD} déplacé. Il n'a pas été déplacé${wished === '' ? '' : ` à ${wished}`} : il a été annulé entre-temps.`,
    settled_not_cancelled: () => `${UNTOLD} annulé. Il a été annulé entre-temps.`,
  },
  code: {
    subject: (businessName) => `Votre code pour ${businessName}`,
    tell: (code) =>
      `Votre code est ${code}. Dites-le à l'accueil qui vous l'a demandé ; il est valable quelques minutes.`,
    toStrangers:
      "Si vous n'êtes pas en train de nous parler, quelqu'un d'autre a donné votre adresse : ne donnez le code à personne, et il ne se passera rien.",
  },
  summary: {
    subject: (businessName) => `Votre appel avec ${businessName}`,
    opening:
      "Merci de votre appel. Voici ce qui en est sorti, tel que c'était au moment de le résumer.",
    status: {
      booked: 'Réservé',
      requested: "Demandé, en attente d'acceptation",
      cancelled: 'Annulé',
      unconfirmed: 'Pas encore confirmé',
    },
    leftMessage: 'Vous avez laissé un message, que nous transmettons.',
    toStrangers:
      "Si vous ne nous avez pas appelés, quelqu'un d'autre a donné votre adresse : merci d'ignorer ce message.",
  },
};

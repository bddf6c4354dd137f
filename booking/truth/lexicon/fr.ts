import { opening, words } from './words.ts';
import type { Lexicon } from './words.ts';

const MADE =
  'réservée?s?|confirmée?s?|inscrite?s?|notée?s?(?! (?:votre|ton|le|un|ce) message)|enregistrée?s?|planifiée?s?|programmée?s?|fixée?s?|bloquée?s?|effectuée?s?|validée?s?|attendue?s?|prise?s?';

export const FRENCH: Lexicon = {
  language: 'fr',
  claims: {
    booked: words(
      `(?:j'ai|j'avais|nous avons|on a|je vous ai|nous vous avons|je l'ai|je les ai) (?:bien |déjà |donc |tout de suite )?(?:${MADE})`,
      `(?:est|sont|êtes|a été|ont été|c'est) (?:bien |déjà |maintenant |désormais |donc )*(?:été )?(?:${MADE})`,
      `(?:a|ont) (?:bien |déjà )?été (?:bien )?(?:${MADE})`,
      `(?<=^[\\s]*(?:voilà|parfait|bien),?\\s)(?:${MADE})`,
      '(?:je viens|nous venons) de (?:réserver|confirmer|noter|fixer|prendre|bloquer|planifier)',
      'vous avez (?:bien |déjà )?(?:un|votre) (?:\\p{L}+ )?rendez-vous',
      "(?:trouvé|j'ai|je vois) votre rendez-vous",
      'votre rendez-vous (?:est (?:le|à|mardi|lundi|mercredi|jeudi|vendredi|samedi|dimanche|demain)|tient toujours|est maintenu)',
      '(?:on se voit|nous vous attendons|à) (?:demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) à|on se voit',
      "c'est (?:fait|bon|noté|réservé|confirmé)|c'est dans l'agenda",
    ),
    moved: words(
      "(?:j'ai|nous avons|je l'ai|on a) (?:bien |déjà )?(?:déplacée?|reportée?|changée?|décalée?|modifiée?|avancée?)",
      '(?:est|a été|a bien été|sont) (?:bien |maintenant |désormais |déjà )*(?:déplacée?|reportée?|décalée?|modifiée?|avancée?|changée?)',
      'le changement (?:a bien été|a été|est) (?:bien )?(?:enregistré|fait|effectué|pris en compte)',
    ),
    cancelled: words(
      "(?:j'ai|nous avons|je l'ai|on a) (?:bien |déjà )?(?:annulée?|supprimée?)",
      "(?:est|a été|a bien été|c'est|sont) (?:bien |maintenant |désormais |déjà )*(?:annulée?|supprimée?)|je viens d'annuler",
    ),
    free: words(
      'libres?|disponibles?|disponibilités?|créneaux?|de la place|reste',
      "j'ai|nous avons|il y a|j'aurais|nous aurions|proposer|propose|possible",
      'le premier (?:créneau|rendez-vous)|au plus tôt',
    ),
    notFree: words(
      "(?:n'y a|n'ai|n'avons|n'est|ne reste)(?: \\p{L}+){0,4} (?:libres?|disponibles?|créneaux?|places?)",
      "rien de libre|plus (?:de|aucun) (?:créneau|place|rendez-vous)|complets?|vient d'être prise?|déjà prise?|est prise?|(?:pas|plus) (?:libre|disponible)|indisponible",
    ),
    other: words(
      '(?:monsieur|madame|mademoiselle|m\\.|mme) \\p{L}+(?: \\p{L}+)? (?:a|vient|est|avait|sera) (?:déjà )?(?:un rendez-vous|réservé|là|inscrite?|pris|à)',
      "(?:c'est|vient|par|pour) (?:monsieur|madame|mademoiselle|m\\.|mme) \\p{L}+",
    ),
  },
  negation: words("n'\\p{L}*|ne|pas|rien|aucune?|jamais|personne|sans|ni|plus aucun"),
  unreal:
    /(?:^|[\s,])(?:vais|allons|peux|peut|pouvons|pourrais?|voulez|souhaitez|dois|doit|pour|sera|serait|seront|serais|soit|aura|aurait|être)\s*$/iu,
  condition:
    /(?:^|[\s,])(?:si|quand|une fois|dès que|lorsque|avant|après|jusqu'à ce que|à moins|pendant que|pour que)\s/iu,
  reported:
    /(?:^|[\s,])(?:vous|il|elle|femme|mari) (?:\p{L}+ )?(?:avez dit|disiez|dites|disait|dit|avez mentionné|mentionniez|avez demandé|vouliez|pensiez|croyez)(?![\p{L}])|(?:^|\s)j'ai compris/iu,
  question: opening(
    "(?:et |mais |alors,? |donc,? |bien,? |d'accord,? |parfait,? |merci,? )*(?:est-ce|qu'est|qui |que |quoi|quel|quelle|quels|quelles|quand |où |pourquoi|comment |combien |\\p{L}+-(?:vous|je|t-il|il|elle|t-elle|on|nous|ce)(?![\\p{L}]))",
  ),
  proposal: words(
    'que diriez-vous|(?:vous )?conviendrait|vous convient|vous irait|ça vous va|je peux vous proposer|puis-je vous proposer|pourquoi pas',
  ),
  freeAlone: words("(?:c'est|ce créneau est|il est)(?: encore)? (?:libre|disponible)"),
  intention:
    /(?:^|[\s,])(?:je vais|nous allons|je (?:regarde|vérifie|réserve|note|cherche|déplace)|laissez-moi|un instant|arrivez|venez)(?![\p{L}])/iu,
  tag: /,?\s*(?:c'est bien ça|c'est ça|c'est correct|correct|n'est-ce pas|d'accord|oui|ça vous va|exact|c'est bien cela|est-ce correct|c'est exact)\s*\?$/iu,
  beside:
    /(?:^|[^\p{L}])(?:ouvrons|ouvre|ouvert|ouverts|ouverte|fermons|ferme|fermé|fermée|horaires|heures d'ouverture)(?![\p{L}])/iu,
  vocabulary:
    "réservé réservée confirmé confirmée inscrit inscrite noté enregistré planifié programmé fixé bloqué effectuée validé déplacé reporté décalé modifié changé annulé annulée supprimé libre disponible demain aujourd'hui midi minuit heures heure demie quart rendez-vous avez".split(
      ' ',
    ),
  leads: "j'ai".split(' '),
  frequent: "le les vous votre pour avec une est je j'ai de nous ce rendez vous c'est été".split(
    ' ',
  ),
  times: {
    numbers: {
      une: 1,
      deux: 2,
      trois: 3,
      quatre: 4,
      cinq: 5,
      six: 6,
      sept: 7,
      huit: 8,
      neuf: 9,
      dix: 10,
      onze: 11,
      douze: 12,
      treize: 13,
      quatorze: 14,
      quinze: 15,
      seize: 16,
      'dix-sept': 17,
      'dix-huit': 18,
      'dix-neuf': 19,
      vingt: 20,
      trente: 30,
      quarante: 40,
      'quarante-cinq': 45,
      cinquante: 50,
    },
    before: "à|vers|dès|jusqu'à",
    after: 'heures?|h',
    between: 'heures?|h',
    afterBefore: '',
    halfAfter: 'et demie?',
    halfBefore: null,
    quarters: { past: null, to: null },
    quartersAfter: { past: 'et quart', to: 'moins le quart' },
    noon: '(?<!après[- ])midi',
    midnight: 'minuit',
    am: 'du matin',
    pm: "de l'après-midi|du soir",
    today: "aujourd'hui|aujourd’hui",
    tomorrow: '(?<!après[- ])demain',
    dayAfterTomorrow: 'après[- ]demain',
    of: '',
    ordinal: 'er',
  },
};

import { opening, words } from './words.ts';
import type { Lexicon } from './words.ts';

const MADE =
  'reservad[oa]s?|agendad[oa]s?|confirmad[oa]s?|apuntad[oa]s?|anotad[oa]s?(?! (?:su|tu|el|un|este) (?:mensaje|recado))|programad[oa]s?|fijad[oa]s?|concertad[oa]s?|registrad[oa]s?|hech[oa]|apartad[oa]s?|dad[oa] de alta';

export const SPANISH: Lexicon = {
  language: 'es',
  claims: {
    booked: words(
      `(?:he|hemos|le he|te he|ha sido|han sido|est[áa]|est[áa]n|queda|quedan|ha quedado|qued[óo]|lo tengo|la tengo|le tengo|lo tenemos|la tenemos|fue|est[áa] usted) (?:ya |ahora |correctamente |todo )?(?:${MADE})`,
      '(?:le |te |lo |la |se )?(?:reserv[ée]|agend[ée]|apunt[ée]|anot[ée]|program[ée]|hice la reserva|hice la cita)(?= (?:la|el|su|tu|una|un|para|ya)|[.!,]|$)',
      `(?<=^[\\s]*(?:listo|hecho|perfecto|bien),?\\s)(?:${MADE})`,
      '(?:acabo|acabamos) de (?:reserv|agend|apunt|anot|program|confirm|hacer)\\p{L}*',
      '(?:usted |ya )*(?:tiene|tienes) (?:ya )?(?:una|su|tu|la) (?:\\p{L}+ )?(?:cita|reserva|hora)',
      '(?:su|tu|la) (?:cita|reserva) (?:es|sigue|se mantiene|queda)(?: en pie| vigente| el| a| para|)',
      'encontr(?:ado|é) (?:su|una|la|tu) (?:cita|reserva)|(?:la )?reserva se ha (?:hecho|realizado|completado)',
      'nos vemos (?:el|a|mañana|hoy|entonces)|(?:lo|la|le) esperamos (?:el|a|mañana|hoy)|ya (?:est[áa]|qued[óo])(?: todo)?(?: listo| lista)?(?=[.!,]|$)|ya está agendad[oa]',
    ),
    moved: words(
      `(?:he|hemos|ha sido|se ha|fue|est[áa]|queda|ha quedado) (?:ya )?(?:cambiad|movid|reprogramad|aplazad|trasladad|pasad|adelantad|modificad)[oa]`,
      'se (?:movi[óo]|cambi[óo]|reprogram[óo]|aplaz[óo])',
      '(?:cambi[ée]|mov[íi]|reprogram[ée]|pas[ée]) (?:su|la|tu|el)',
      '(?:cita|reserva) (?:queda|es|est[áa]) ahora (?:para|el|a)|el cambio (?:se ha hecho|est[áa] hecho|queda hecho)',
    ),
    cancelled: words(
      `(?:he|hemos|ha sido|se ha|fue|est[áa]|queda|ha quedado|qued[óo]) (?:ya )?(?:cancelad|anulad|eliminad|borrad)[oa]`,
      'se (?:cancel[óo]|anul[óo])|(?:cancel[ée]|anul[ée]|elimin[ée]) (?:su|la|tu|el)|(?:acabo|acabamos) de (?:cancel|anul)\\p{L}*',
    ),
    free: words(
      'libres?|disponibles?|hueco|huecos|disponibilidad|sitio',
      '(?:tengo|tenemos|tendría|hay|habría|queda|quedan)|ofrecer(?:le|te)?|puede ser|podría ser|podemos',
      'la primera (?:cita|hora)|lo antes posible',
    ),
    notFree: words(
      'no (?:hay|tengo|tenemos|queda|quedan|está|están|nos queda)(?: \\p{L}+){0,4} (?:libres?|disponibles?|huecos?|citas?|sitio)|no (?:hay|tengo|tenemos|queda) nada(?: (?:el|para|a|hasta|más))',
      '(?:todo |est[áa] |estamos )+(?:completo|lleno|ocupado|reservado)|completos|(?:acaba|acaban) de ocupar(?:se)?|(?:ya )?(?:est[áa]|fue|ha sido) ocupad[oa]|sin disponibilidad',
    ),
    other: words(
      '(?:el señor|la señora|la señorita|don|doña|el sr\\.?|la sra\\.?) \\p{L}+(?: \\p{L}+)? (?:ya )?(?:tiene|viene|est[áa]|ha reservado|reserv[óo])',
      '(?:viene|tiene|est[áa]|la tiene) (?:ya )?(?:el señor|la señora|la señorita|don|doña|otro cliente|otra clienta) \\p{L}+',
      '(?:reservad|ocupad)[oa] (?:por|para) (?:el señor|la señora|don|doña) \\p{L}+',
    ),
  },
  negation: words('no|nunca|nada|ning[úu]n|ninguna|ninguno|nadie|tampoco|sin|ni|jam[áa]s'),
  unreal:
    /(?:^|[\s,])(?:voy a|vamos a|puedo|podemos|podr[íi]a|quiere|quiero|desea|debe|para|habr[íi]a|hubiera|haya|sea|al)\s*$/iu,
  condition:
    /(?:^|[\s,])(?:si|cuando|una vez|en cuanto|antes de|después de|hasta|a menos|siempre que|mientras|para que)\s/iu,
  reported:
    /(?:^|[\s,])(?:usted |ya )?(?:ha dicho|dijo|dijiste|has dicho|mencion[óo]|ha mencionado|ped[íi]a|pidi[óo]|me dijo|coment[óo]|quer[íi]a|quer[íi]as|cree|pensaba|entend[íi])(?![\p{L}])/iu,
  question: opening(
    '(?:entonces,? |y |pero |bien,? |vale,? |de acuerdo,? |perfecto,? |gracias,? )*(?:¿|qué|quién|cuál|cuándo|cuánto|dónde|cómo|por qué)',
  ),
  proposal: words(
    'qué (?:le|te) parece|qué tal|(?:le|te) (?:vendr[íi]a|viene|ir[íi]a|va) bien|(?:le|te) conviene|(?:le|te) sirve|puedo ofrecerle|prefiere',
  ),
  freeAlone: words('(?:eso|esa hora|está|ese horario)(?: está)? (?:libre|disponible)'),
  intention:
    /(?:^|[\s,])(?:voy a|vamos a|ahora mismo|déjeme|permítame|un momento|se lo (?:reservo|cambio|busco)|le (?:reservo|busco|miro)|llegue|venga)(?![\p{L}])/iu,
  tag: /,?\s*¿?(?:verdad|correcto|cierto|no|s[íi]|vale|de acuerdo|le parece bien|est[áa] bien|es as[íi]|es correcto)\s*\?$/iu,
  beside:
    /(?:^|[^\p{L}])(?:abrimos|abre|abierto|abiertos|cerramos|cierra|cerrado|cerrados|horario de)(?![\p{L}])/iu,
  vocabulary:
    'reservada reservado agendada agendado confirmada confirmado apuntado anotado programada fijada registrada hecha cambiada cambiado movido reprogramado cancelada cancelado anulada anulado libre disponible ocuparse mañana hoy mediodía medianoche media cuarto cita tiene'.split(
      ' ',
    ),
  leads: 'he hemos'.split(' '),
  frequent:
    'el la usted su para que los las está está es le por en del cita reserva tiene ha he hora'.split(
      ' ',
    ),
  times: {
    numbers: {
      una: 1,
      dos: 2,
      tres: 3,
      cuatro: 4,
      cinco: 5,
      seis: 6,
      siete: 7,
      ocho: 8,
      nueve: 9,
      diez: 10,
      once: 11,
      doce: 12,
      trece: 13,
      catorce: 14,
      quince: 15,
      dieciséis: 16,
      diecisiete: 17,
      dieciocho: 18,
      diecinueve: 19,
      veinte: 20,
      treinta: 30,
      cuarenta: 40,
      'cuarenta y cinco': 45,
      cincuenta: 50,
    },
    before: 'a las|a la|las|de las|desde las|hasta las|sobre las|o las|y las',
    after: 'h|en punto',
    between: 'h',
    afterBefore: 'horas',
    halfAfter: 'y media',
    halfBefore: null,
    quarters: { past: null, to: null },
    quartersAfter: { past: 'y cuarto', to: 'menos cuarto' },
    noon: 'mediodía',
    midnight: 'medianoche',
    am: 'de la mañana|a\\.?\\s?m\\.?(?![\\p{L}])',
    pm: 'de la tarde|de la noche|p\\.?\\s?m\\.?(?![\\p{L}])',
    today: 'hoy',
    tomorrow: '(?<!la |pasado )mañana',
    dayAfterTomorrow: 'pasado mañana',
    of: 'de ',
    ordinal: 'º|ro',
  },
};

import { opening, words } from './words.ts';
import type { Lexicon } from './words.ts';

const MADE =
  'marcad[oa]s?|agendad[oa]s?|reservad[oa]s?|confirmad[oa]s?|anotad[oa]s?(?! (?:a sua|a tua|a|uma|o seu|o) (?:mensagem|recado))|feit[oa]s?|registrad[oa]s?|fechad[oa]|garantid[oa]|combinad[oa]';

export const PORTUGUESE: Lexicon = {
  language: 'pt',
  claims: {
    booked: words(
      `(?:est[áa]|est[ãa]o|foi|foram|ficou|fica|ficaram|tenho|temos|j[áa] est[áa]|segue|continua) (?:tudo |j[áa] |agora |ent[ãa]o )?(?:${MADE})`,
      `(?<=^[\\s]*(?:pronto|feito|certo|perfeito),?\\s)(?:${MADE})`,
      '(?:j[áa] |eu |acabei e )*(?:marquei|agendei|reservei|anotei(?! (?:a sua|sua|a tua|a|uma|o seu|seu|o) (?:mensagem|recado))|confirmei|registrei|marcamos|agendamos|reservamos)',
      '(?:acabei|acabamos) de (?:marcar|agendar|reservar|confirmar|anotar)',
      '(?:voc[êe]|o senhor|a senhora) (?:j[áa] )?tem (?:uma|a sua|um|o seu) (?:\\p{L}+ )?(?:consulta|hor[áa]rio|reserva|agendamento|marca[çc][ãa]o)',
      '(?:encontrei|achei|localizei) (?:a sua|sua|o seu|seu|uma|um) (?:consulta|hor[áa]rio|reserva|agendamento)',
      '(?:sua|a sua) consulta [ée] (?:na|no|às|em|dia|amanh[ãa])|at[ée] (?:amanh[ãa]|segunda|ter[çc]a|quarta|quinta|sexta|s[áa]bado|domingo)|nos vemos',
    ),
    moved: words(
      '(?:j[áa] |eu )*(?:mudei|remarquei|reagendei|alterei|transferi|adiei|antecipei|troquei|passei)',
      '(?:est[áa]|foi|ficou) (?:j[áa] |agora )?(?:remarcad|reagendad|mudad|alterad|transferid|adiad|antecipad)[oa]',
      'agora (?:ficou|est[áa]|fica|[ée]) (?:para|na|no|às)',
    ),
    cancelled: words(
      '(?:j[áa] |eu )*(?:cancelei|desmarquei|anulei|cancelamos|desmarcamos)',
      '(?:est[áa]|foi|ficou) (?:j[áa] |agora )?(?:cancelad|desmarcad|anulad)[oa]',
    ),
    free: words(
      'livres?|dispon[íi]ve(?:l|is)|vagas?|disponibilidade',
      '(?:tenho|temos|teria|ter[íi]amos|h[áa]|tem)|oferecer|podemos|poderia ser|pode ser',
      'o primeiro hor[áa]rio|o mais cedo',
    ),
    notFree: words(
      'n[ãa]o (?:h[áa]|temos|tenho|tem|est[áa]|est[ãa]o)(?: \\p{L}+){0,4} (?:livres?|dispon[íi]ve(?:l|is)|vagas?|hor[áa]rios?)|n[ãa]o (?:h[áa]|temos) nada',
      'lotad[oa]s?|sem vagas?|(?:acabou|acabaram) de ser ocupad[oa]s?|(?:est[áa]|foi|j[áa] est[áa]) ocupad[oa]|nada livre|indispon[íi]vel',
    ),
    other: words(
      '(?:o senhor|a senhora|o sr\\.?|a sra\\.?|dona) (?!tem|est|j[áa]|pode|quer|gost|prefer)\\p{L}+(?: \\p{L}+)? (?:j[áa] )?(?:tem|vem|est[áa]|marcou|reservou|agendou)',
      '(?:vem|tem|est[áa]) (?:j[áa] )?(?:o senhor|a senhora|dona|outro cliente|outra cliente) \\p{L}+',
      '(?:reservad|ocupad|marcad)[oa] (?:por|para|pela|pelo) (?:o senhor|a senhora|senhora|senhor|dona) \\p{L}+',
    ),
  },
  negation: words('n[ãa]o|nunca|nada|nenhuma?|ningu[ée]m|sem|nem|tampouco|jamais'),
  unreal:
    /(?:^|[\s,])(?:vou|vamos|posso|podemos|poderia|quer|quero|deseja|deve|para|seria|teria|seja|ao)\s*$/iu,
  condition:
    /(?:^|[\s,])(?:se|quando|assim que|depois d[eao]|antes d[eao]|at[ée] que|enquanto|caso|a menos|para que|logo que)\s/iu,
  reported:
    /(?:^|[\s,])(?:voc[êe]|o senhor|a senhora|ele|ela|esposa|marido) (?:\p{L}+ )?(?:disse|falou|mencionou|pediu|queria|contou|acha|pensou)(?![\p{L}])|(?:^|\s)entendi que/iu,
  question: opening(
    '(?:ent[ãa]o,? |e |mas |certo,? |ok,? |perfeito,? |obrigad[oa],? )*(?:o que|que dia|que horas?|qual|quais|quem|quando|onde|como|por que|quanto)(?![\\p{L}])',
  ),
  proposal: words(
    'que tal|o que acha|(?:seria|fica|ficaria|est[áa]) (?:bom|boa|bem)|serve|prefere|posso oferecer|daria certo|pode ser',
  ),
  freeAlone: words('(?:esse horário|isso|está)(?: está)? (?:livre|disponível)'),
  intention:
    /(?:^|[\s,])(?:vou|vamos|deixe-me|deixa eu|um momento|eu (?:marco|agendo|verifico|mudo)|chegue|venha)(?![\p{L}])/iu,
  tag: /,?\s*(?:certo|correto|n[ée]|n[ãa]o [ée]|t[áa]|ok|sim|tudo bem|est[áa] certo|confere|pode ser|isso)\s*\?$/iu,
  beside:
    /(?:^|[^\p{L}])(?:abrimos|abre|aberto|abertos|aberta|fechamos|fecha|fechado|fechada|hor[áa]rio de (?:funcionamento|atendimento))(?![\p{L}])/iu,
  vocabulary:
    'marcada marcado agendada agendado reservada reservado confirmada confirmado anotado feita marquei agendei reservei mudei remarquei reagendei remarcada reagendada cancelei cancelada cancelado desmarquei livre disponível amanhã hoje meio-dia meia-noite meia consulta tem'.split(
      ' ',
    ),
  leads: 'já'.split(' '),
  frequent: 'você sua seu para com uma está é os em na não às consulta foi horário já'.split(' '),
  times: {
    numbers: {
      uma: 1,
      duas: 2,
      três: 3,
      quatro: 4,
      cinco: 5,
      seis: 6,
      sete: 7,
      oito: 8,
      nove: 9,
      dez: 10,
      onze: 11,
      doze: 12,
      treze: 13,
      catorze: 14,
      quatorze: 14,
      quinze: 15,
      dezesseis: 16,
      dezessete: 17,
      dezoito: 18,
      dezenove: 19,
      vinte: 20,
      trinta: 30,
      quarenta: 40,
      'quarenta e cinco': 45,
      cinquenta: 50,
    },
    before: 'às|as|das|até as|à uma|por volta das|para as',
    after: 'h|em ponto',
    between: 'h',
    afterBefore: 'horas',
    halfAfter: 'e meia',
    halfBefore: null,
    quarters: { past: null, to: null },
    quartersAfter: { past: 'e um quarto|e quinze', to: null },
    noon: 'meio[- ]dia',
    midnight: 'meia[- ]noite',
    am: 'da manhã|da madrugada',
    pm: 'da tarde|da noite',
    today: 'hoje',
    tomorrow: '(?<!depois de )amanhã',
    dayAfterTomorrow: 'depois de amanhã',
    weekdays: ['segunda', 'terça', 'quarta', 'quinta', 'sexta'],
    of: 'de ',
    ordinal: 'º|°',
  },
};

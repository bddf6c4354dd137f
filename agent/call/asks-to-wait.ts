/** What callers say who want the agent to wait, in the languages that agents speak. */
const WAIT: readonly RegExp[] = [
  /\b(?:hold on|hang on|bear with me|one (?:moment|second|sec|minute)|(?:just )?a (?:moment|second|sec|minute)\b(?! (?:ago|later))|wait a (?:moment|second|sec|minute|bit)|(?:i'll|i will|i) ?be right back|be right back|let me (?:just |quickly )?(?:check|look|see|grab|get|find|ask|think)|(?:checking|looking at|opening|getting) my (?:calendar|diary|agenda|schedule|phone|wallet|glasses)|(?:have|need) to (?:check|look|ask|think)(?! (?:about the|for an?|if|whether|you)\b))\b/,
  /\b(?:(?:un|dos) (?:momento|momentito|segundo|segundito|minuto|minutito|segundos|minutos)|(?:espere|espera)(?! que (?:sea|haya|tenga|pueda|seja|haja|tenha|possa)\b)|aguarde|aguarda|no cuelgue|deje que|(?:déjeme|déjame|permítame) (?:ver|mirar|consultar|comprobar|revisar|pensar)|ahora vuelvo|voy a (?:mirar|ver|consultar|comprobar))\b/,
  /\b(?:un (?:instant|moment|petit instant|petit moment)|(?:une|deux) (?:petites? )?(?:secondes?|minutes?)|attendez|attends|patientez|ne quittez pas|(?:laissez|laisse)-moi (?:voir|vérifier|regarder|réfléchir)|je (?:regarde|vérifie|reviens|vais (?:voir|vérifier|regarder)))\b/,
  /\b(?:(?:einen|ein|nen|kleinen|kurzen) (?:moment|momentchen|augenblick)|moment (?:mal|bitte)|augenblick bitte|(?:eine|ne) (?:sekunde|minute)|sekunde bitte|warten sie|warte (?:mal|kurz)|bleiben sie dran|(?:ich )?(?:schaue?|sehe?|gucke?) (?:mal |kurz |schnell |eben |gleich )*(?:nach|in)\b|lassen sie mich (?:kurz |mal )?(?:nachsehen|schauen|überlegen|nachdenken)|muss (?:ich )?(?:kurz |mal |eben |erst )*(?:nachsehen|schauen|gucken|fragen|überlegen)|bin gleich (?:wieder|zurück))\b/,
  /\b(?:(?:um|só um|dois) (?:momento|momentinho|segundo|segundinho|minuto|minutinho|instante|minutos|segundos)|(?:espere|espera)(?! que (?:sea|haya|tenga|pueda|seja|haja|tenha|possa)\b)|aguarde|não desligue|(?:deixe-me|deixa-me|deixa eu|deixe eu) (?:ver|verificar|consultar|olhar|pensar)|já volto|vou (?:ver|verificar|consultar|olhar))\b/,
  /\b(?:un (?:momento|momentino|attimo|attimino|secondo|minuto)|due (?:minuti|secondi)|aspetti|aspetta|attenda|resti in linea|(?:mi faccia|fammi) (?:vedere|controllare|guardare|pensare)|torno subito|devo (?:controllare|vedere|guardare)|controllo un attimo)\b/,
];

/** The same at the end of what is said. */
const WAIT_AT_END = WAIT.map((pattern) => new RegExp(`${pattern.source} *$`));

/** Words of courtesy after it. */
const COURTESY =
  /(?: (?:please|thanks|thank you|sorry|okay|ok|por favor|gracias|perdón|s'il vous plaît|merci|pardon|bitte|danke|entschuldigung|obrigad[oa]|desculpe|per favore|per cortesia|grazie|scusi))+ $/;

/** Words of a clause that holds little else than it. */
const SHORT = 6;

/**
 * Whether a caller asks for patience: "hold on", "let me check my calendar". What they say last counts:
 * "let me think, Friday is fine" and "I need to check whether you have Friday" want an answer.
 */
export function asksToWait(words: string): boolean {
  const said = words.toLowerCase().normalize('NFC').replaceAll('’', "'");
  const last = said
    .split(/[.,;:!?…—]+/)
    // A word boundary knows no accents: they count as letters here.
    .map((clause) => ` ${clause.replaceAll(/[^\p{L}\d'-]+/gu, ' ').trim()} `.replace(COURTESY, ' '))
    .findLast((clause) => clause.trim() !== '');
  if (last === undefined) return false;
  const isShort = last.trim().split(' ').length <= SHORT;
  return (isShort ? WAIT : WAIT_AT_END).some((pattern) => pattern.test(last));
}

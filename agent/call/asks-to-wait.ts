/** What callers say who want the agent to wait, in the languages that agents speak. */
const WAIT: readonly RegExp[] = [
  /\b(?:hold on|hang on|bear with me|one (?:moment|second|sec|minute)|(?:just )?a (?:moment|second|sec|minute)\b(?! (?:ago|later))|wait a (?:moment|second|sec|minute|bit)|(?:i'll|i will|i) ?be right back|be right back|let me (?:just |quickly )?(?:check|look|see|grab|get|find|ask|think)|(?:checking|looking at|opening|getting) my (?:calendar|diary|agenda|schedule|phone|wallet|glasses)|(?:have|need) to (?:check|look|ask|think))\b/,
  /\b(?:(?:un|dos) (?:momento|momentito|segundo|segundito|minuto|minutito|segundos|minutos)|espere|espera|aguarde|aguarda|no cuelgue|deje que|(?:déjeme|déjame|permítame) (?:ver|mirar|consultar|comprobar|revisar|pensar)|ahora vuelvo|voy a (?:mirar|ver|consultar|comprobar))\b/,
  /\b(?:un (?:instant|moment|petit instant|petit moment)|(?:une|deux) (?:petites? )?(?:secondes?|minutes?)|attendez|attends|patientez|ne quittez pas|(?:laissez|laisse)-moi (?:voir|vérifier|regarder|réfléchir)|je (?:regarde|vérifie|reviens|vais (?:voir|vérifier|regarder)))\b/,
  /\b(?:(?:einen|ein|nen|kleinen|kurzen) (?:moment|momentchen|augenblick)|moment (?:mal|bitte)|augenblick bitte|(?:eine|ne) (?:sekunde|minute)|sekunde bitte|warten sie|warte (?:mal|kurz)|bleiben sie dran|(?:ich )?(?:schaue?|sehe?|gucke?) (?:mal |kurz |schnell |eben |gleich )*(?:nach|in)\b|lassen sie mich (?:kurz |mal )?(?:nachsehen|schauen|überlegen|nachdenken)|muss (?:ich )?(?:kurz |mal |eben |erst )*(?:nachsehen|schauen|gucken|fragen|überlegen)|bin gleich (?:wieder|zurück))\b/,
  /\b(?:(?:um|só um|dois) (?:momento|momentinho|segundo|segundinho|minuto|minutinho|instante|minutos|segundos)|espere|espera|aguarde|não desligue|(?:deixe-me|deixa-me|deixa eu|deixe eu) (?:ver|verificar|consultar|olhar|pensar)|já volto|vou (?:ver|verificar|consultar|olhar))\b/,
  /\b(?:un (?:momento|momentino|attimo|attimino|secondo|minuto)|due (?:minuti|secondi)|aspetti|aspetta|attenda|resti in linea|(?:mi faccia|fammi) (?:vedere|controllare|guardare|pensare)|torno subito|devo (?:controllare|vedere|guardare)|controllo un attimo)\b/,
];

/** Whether a caller asks for patience: "hold on", "let me check my calendar". */
export function asksToWait(words: string): boolean {
  const said = words.toLowerCase().normalize('NFC').replaceAll('’', "'");
  // A word boundary knows no accents: they count as letters here.
  const spaced = ` ${said.replaceAll(/[^\p{L}\d'-]+/gu, ' ')} `;
  return WAIT.some((pattern) => pattern.test(spaced));
}

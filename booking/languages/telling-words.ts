import { LANGUAGES } from '../../calls/languages.ts';
import type { Language } from '../../calls/languages.ts';

/**
 * Words by which a language is told from the others. Left out is what says nothing of who speaks: words of
 * greeting and thanks, which everybody borrows ("hola", "ciao", "merci"), parts of names and places ("de
 * la", "von", "san"), and words that English has too ("die", "come", "pour").
 */
interface TellingWords {
  /** What callers say all the time. */
  speech: string;
  /** Days, hours and numbers, beside the names that Intl knows. */
  times: string;
}

const WORDS: Readonly<Record<Language, TellingWords>> = {
  en: {
    speech:
      "i i' the an to would like want need have can could do does is are was my you your it it' that that' this what what' when which where who how there with for on of at not don' can' won' let' we' we they he she if or and but so just any some about make book booking appointment appointments called calling name spelled mail address number cancel move change reschedule available free see doctor soon possible sure right wrong know think also please' been get got has had will me per english spanish son daughter years old",
    times:
      'today tomorrow morning afternoon evening night noon midnight week month day days hour half past quarter next after before until around between from either earlier later first second third one two three four five six seven eight nine ten eleven twelve oclock',
  },
  es: {
    speech:
      'quiero quisiera quería necesito necesita puedo puede podría tengo tiene tienen hay es soy está están estoy estaba fue para por pero porque que qué cuál cuándo cuánto cómo dónde quién cuando como donde si sí yo tú usted ustedes nosotros mi su sus con un una uno unos lo les ya muy más también tampoco nada algo mejor bien bueno vale claro perdón disculpe cita citas reservar reserva hora pedir cambiar cancelar mover anular llamo llamar llamando hablar hablo nombre apellido correo teléfono dirección arroba punto guion doctor doctora dentista entonces ahora aquí eso esa ese este esta favor gusta gustaría viene venga voy ir hacer libre primera segunda último inglés español habla hijo hija años prefiero preferiría costar cuesta',
    times:
      'hoy mañana pasado tarde tardes noche mediodía medianoche madrugada semana semanas mes día días hora horas próximo próxima siguiente antes después desde hasta hacia entre sobre media cuarto menos pronto cualquier cuanto cero dos tres cuatro cinco seis siete ocho nueve diez doce trece catorce quince veinte treinta',
  },
  fr: {
    speech:
      "je j' voudrais veux peux peut pouvez voulez aimerais souhaite souhaiterais avez avoir suis êtes est sont était serait ce c' cet cette ça cela qu' que qui quoi quand quel quelle quels comment où pourquoi vous nous il elle ils mon ma mes votre vos notre un une les aux avec sans mais donc alors parce pas n' ne rien très bien bon oui d' l' s' dans chez prendre rendez rdv réserver réservation annuler déplacer changer appelle appeler parler parle nom prénom adresse téléphone numéro courriel mél arobase docteur médecin dentiste possible disponible libre déjà aussi encore toujours peut-être moi lui faire aller faut vois voir accord plaît plait convient anglais français parlez fils fille ans préfère préférerais",
    times:
      "aujourd' hui demain après avant matin midi minuit soir soirée semaine mois jour jours heure heures prochain prochaine suivant depuis jusqu' vers entre demi demie moins dès plutôt tôt tard zéro deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze vingt trente",
  },
  de: {
    speech:
      'ich möchte hätte würde brauche kann können könnte könnten muss habe haben hast ist sind bin wäre mich mir mein meine meinen ihr ihre ihnen sie wir uns ein eine einen einem einer der das dem und oder aber denn weil dass wenn wann wie wo wer welche welcher welchen nicht kein keine keinen nichts nur noch schon mal auch gern gerne ja nein doch genau richtig falsch für mit bei zu zum zur auf aus über vom im termin termine vereinbaren buchen verschieben absagen stornieren ändern anrufen rufe sprechen spreche heiße nachname vorname adresse telefonnummer nummer klammeraffe punkt bindestrich arzt ärztin zahnarzt geht ginge passt gibt es da dann jetzt vielleicht machen brauchen frei hier englisch deutsch sprich sohn tochter jahre lieber',
    times:
      'heute morgen übermorgen gestern vormittag vormittags nachmittag nachmittags mittag mittags abend abends mitternacht früh früher später woche wochen monat tage tagen stunde stunden uhr halb viertel dreiviertel nächste nächsten nächster kommende kommenden nach vor bis ab gegen zwischen seit spätestens frühestens null eins zwei drei vier fünf sechs sieben acht neun zehn zwölf fünfzehn zwanzig dreißig',
  },
  pt: {
    speech:
      'eu quero queria gostaria preciso posso pode poderia podem tenho tem têm há é sou está estão estou são foi seja para pra por mas porque que qual quando quanto como onde quem não nao você vocês senhor senhora nós meu minha seu sua sem uma uns umas ao na já muito mais também tampouco nada algo melhor bem bom claro desculpe consulta consultas marcar marcação agendar reserva reservar horário mudar cancelar desmarcar remarcar ligo ligar ligando falar falo nome sobrenome apelido correio telefone telemóvel endereço arroba ponto hífen médico médica doutor doutora dentista então agora aqui isso essa esse este esta favor ir fazer livre vaga dá pelo pela inglês português fala filho filha anos prefiro preferia custa',
    times:
      'hoje amanhã meio depois manhã tarde noite meia madrugada semana semanas mês dia dias hora horas próximo próxima seguinte antes desde até entre cedo feira segunda terça quarta quinta sexta às pelas zero dois duas três quatro cinco seis sete oito nove dez onze doze quinze vinte trinta',
  },
  it: {
    speech:
      "io vorrei voglio posso può potrei potrebbe potete ho hai avete abbiamo sono è siete sarebbe c' che chi cosa quando quale quanto dove perché sì lei voi noi mio suo sua un uno una un' il gli lo l' dell' all' nell' dal dalla alla nel nella sul con senza ma però anche ancora già molto più niente nulla qualcosa meglio bene buono certo scusi mi ci ne non appuntamento appuntamenti prenotare prenotazione spostare cambiare annullare cancellare disdire chiamo chiamare parlare parlo nome cognome indirizzo telefono numero posta chiocciola punto trattino dottore dottoressa dentista allora adesso qui questo questa quello andrebbe fare andare libero visita fissare piacerebbe per inglese italiano parla figlio figlia anni preferirei preferisco possibile costa",
    times:
      'oggi domani dopodomani ieri mattina mattino pomeriggio sera stasera notte mezzogiorno mezzanotte settimana settimane mese giorno giorni ora prossimo prossima successivo dopo prima fino verso tra fra entro mezza mezzo quarto meno alle dalle presto tardi zero uno due tre quattro cinque sei sette otto nove dieci undici dodici quindici venti trenta',
  },
};

/** Words that are days, months, hours or numbers of a language and of no other meaning in English. */
export const TIME_WORDS: ReadonlyMap<Language, ReadonlySet<string>> = new Map(
  LANGUAGES.map((language) => [
    language,
    new Set([...split(WORDS[language].times), ...calendarNames(language)]),
  ]),
);

/** All words that tell a language. */
export const TELLING_WORDS: ReadonlyMap<Language, ReadonlySet<string>> = new Map(
  LANGUAGES.map((language) => [
    language,
    new Set([...split(WORDS[language].speech), ...(TIME_WORDS.get(language) ?? [])]),
  ]),
);

/** The words of a text in small letters; what stands before an apostrophe keeps it: "j'", "ai". */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/\p{L}+'?/gu) ?? []
  );
}

function split(words: string): string[] {
  return words.split(' ');
}

/** The names of days and months. */
function calendarNames(language: Language): string[] {
  const name = (options: Intl.DateTimeFormatOptions, day: number): string[] =>
    wordsOf(
      new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(
        new Date(Date.UTC(2026, 0, day)),
      ),
    );
  const weekdays = Array.from({ length: 7 }, (_, day) => name({ weekday: 'long' }, day + 1));
  const months = Array.from({ length: 12 }, (_, month) => name({ month: 'long' }, month * 30 + 10));
  return [...weekdays, ...months].flat();
}

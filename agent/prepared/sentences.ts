import { sentencesIn } from '../../booking/languages/sentences/sentences-in.ts';
import type { SpokenRefusal } from '../../calls/call-refused-error.ts';
import type { Language } from '../../calls/languages.ts';

/** What is said where no model can speak, by the names of its recordings. */
export type RecordedName =
  | SpokenRefusal
  | 'out-of-order'
  /** Of a call in which something was booked, moved or cancelled. */
  | 'change-stands'
  /** Of a call in which a change is under way. */
  | 'change-open'
  | 'putting-through'
  /** Once a message for the business is stored. */
  | 'message-taken'
  /** While the model is away in the middle of a call. */
  | 'one-moment';

/** Each is recorded: see the README beside this. */
export const SENTENCES: Readonly<Record<Language, Readonly<Record<RecordedName, string>>>> = {
  en: {
    'out-of-order':
      'I am sorry, this line is not working at the moment. Please try again later. Goodbye.',
    'change-stands':
      'I am sorry, I cannot go on with this call. What was booked or changed in it stands. Goodbye.',
    'change-open':
      'I am sorry, I cannot go on with this call. What you asked for last may not have worked. Please call again to make sure. Goodbye.',
    'putting-through':
      'I am sorry, I cannot go on with this call myself. I am putting you through to somebody. One moment, please.',
    'one-moment': sentencesIn('en').call.oneMoment,
    'message-taken':
      'I am sorry, I cannot go on with this call. I have left a message that you called, with your number. Goodbye.',
    'not-in-service': 'I am sorry, this number is not in service at the moment. Goodbye.',
    'lines-busy':
      'I am sorry, all our lines are busy at the moment. Please call again in a few minutes. Goodbye.',
    'caller-blocked': 'I am sorry, we cannot take your call. Goodbye.',
    'called-too-often': 'I am sorry, you have called very often. Please call again later. Goodbye.',
    'calls-open':
      'I am sorry, several calls from your connection are open already. Please end one of them and call again. Goodbye.',
  },
  es: {
    'out-of-order':
      'Lo siento, esta línea no funciona en este momento. Por favor, inténtelo más tarde. Adiós.',
    'change-stands':
      'Lo siento, no puedo seguir con esta llamada. Lo que se reservó o se cambió en ella sigue en pie. Adiós.',
    'change-open':
      'Lo siento, no puedo seguir con esta llamada. Lo último que pidió puede no haber funcionado. Por favor, llame de nuevo para asegurarse. Adiós.',
    'putting-through':
      'Lo siento, no puedo seguir yo con esta llamada. Le paso con alguien. Un momento, por favor.',
    'one-moment': sentencesIn('es').call.oneMoment,
    'message-taken':
      'Lo siento, no puedo seguir con esta llamada. He dejado un mensaje de que ha llamado, con su número. Adiós.',
    'not-in-service': 'Lo siento, este número no está en servicio en este momento. Adiós.',
    'lines-busy':
      'Lo siento, todas nuestras líneas están ocupadas. Por favor, llame de nuevo en unos minutos. Adiós.',
    'caller-blocked': 'Lo siento, no podemos atender su llamada. Adiós.',
    'called-too-often':
      'Lo siento, ha llamado muchas veces. Por favor, llame de nuevo más tarde. Adiós.',
    'calls-open':
      'Lo siento, ya hay varias llamadas abiertas desde su conexión. Por favor, termine una de ellas y llame de nuevo. Adiós.',
  },
  fr: {
    'out-of-order':
      'Je suis désolé, cette ligne ne fonctionne pas en ce moment. Veuillez réessayer plus tard. Au revoir.',
    'change-stands':
      'Je suis désolé, je ne peux pas continuer cet appel. Ce qui a été réservé ou changé reste valable. Au revoir.',
    'change-open':
      "Je suis désolé, je ne peux pas continuer cet appel. Votre dernière demande n'a peut-être pas abouti. Veuillez rappeler pour vous en assurer. Au revoir.",
    'putting-through':
      'Je suis désolé, je ne peux pas continuer cet appel moi-même. Je vous passe quelqu’un. Un instant, je vous prie.',
    'one-moment': sentencesIn('fr').call.oneMoment,
    'message-taken':
      "Je suis désolé, je ne peux pas continuer cet appel. J'ai laissé un message disant que vous avez appelé, avec votre numéro. Au revoir.",
    'not-in-service': "Je suis désolé, ce numéro n'est pas en service en ce moment. Au revoir.",
    'lines-busy':
      'Je suis désolé, toutes nos lignes sont occupées. Veuillez rappeler dans quelques minutes. Au revoir.',
    'caller-blocked': 'Je suis désolé, nous ne pouvons pas prendre votre appel. Au revoir.',
    'called-too-often':
      'Je suis désolé, vous avez appelé très souvent. Veuillez rappeler plus tard. Au revoir.',
    'calls-open':
      'Je suis désolé, plusieurs appels sont déjà ouverts depuis votre connexion. Veuillez en terminer un et rappeler. Au revoir.',
  },
  de: {
    'out-of-order':
      'Es tut mir leid, diese Leitung funktioniert im Moment nicht. Bitte versuchen Sie es später noch einmal. Auf Wiederhören.',
    'change-stands':
      'Es tut mir leid, ich kann diesen Anruf nicht fortsetzen. Was darin gebucht oder geändert wurde, gilt. Auf Wiederhören.',
    'change-open':
      'Es tut mir leid, ich kann diesen Anruf nicht fortsetzen. Was Sie zuletzt wollten, hat vielleicht nicht geklappt. Bitte rufen Sie noch einmal an, um sicherzugehen. Auf Wiederhören.',
    'putting-through':
      'Es tut mir leid, ich kann diesen Anruf nicht selbst fortsetzen. Ich verbinde Sie mit jemandem. Einen Moment, bitte.',
    'one-moment': sentencesIn('de').call.oneMoment,
    'message-taken':
      'Es tut mir leid, ich kann diesen Anruf nicht fortsetzen. Ich habe eine Nachricht hinterlassen, dass Sie angerufen haben, mit Ihrer Nummer. Auf Wiederhören.',
    'not-in-service':
      'Es tut mir leid, diese Nummer ist im Moment nicht in Betrieb. Auf Wiederhören.',
    'lines-busy':
      'Es tut mir leid, alle unsere Leitungen sind besetzt. Bitte rufen Sie in ein paar Minuten wieder an. Auf Wiederhören.',
    'caller-blocked': 'Es tut mir leid, wir können Ihren Anruf nicht annehmen. Auf Wiederhören.',
    'called-too-often':
      'Es tut mir leid, Sie haben sehr oft angerufen. Bitte rufen Sie später wieder an. Auf Wiederhören.',
    'calls-open':
      'Es tut mir leid, von Ihrem Anschluss sind schon mehrere Anrufe offen. Bitte beenden Sie einen davon und rufen Sie wieder an. Auf Wiederhören.',
  },
  pt: {
    'out-of-order':
      'Desculpe, esta linha não está funcionando neste momento. Por favor, tente mais tarde. Até logo.',
    'change-stands':
      'Desculpe, não posso continuar esta ligação. O que foi marcado ou mudado nela continua valendo. Até logo.',
    'change-open':
      'Desculpe, não posso continuar esta ligação. O seu último pedido pode não ter dado certo. Por favor, ligue de novo para ter certeza. Até logo.',
    'putting-through':
      'Desculpe, não posso continuar esta ligação. Vou passar para outra pessoa. Um momento, por favor.',
    'one-moment': sentencesIn('pt').call.oneMoment,
    'message-taken':
      'Desculpe, não posso continuar esta ligação. Deixei um recado de que ligou, com o seu número. Até logo.',
    'not-in-service': 'Desculpe, este número não está em serviço neste momento. Até logo.',
    'lines-busy':
      'Desculpe, todas as nossas linhas estão ocupadas. Por favor, ligue de novo em alguns minutos. Até logo.',
    'caller-blocked': 'Desculpe, não podemos atender a sua ligação. Até logo.',
    'called-too-often':
      'Desculpe, ligou muitas vezes. Por favor, ligue de novo mais tarde. Até logo.',
    'calls-open':
      'Desculpe, já há várias ligações abertas da sua conexão. Por favor, termine uma delas e ligue de novo. Até logo.',
  },
  it: {
    'out-of-order':
      'Mi dispiace, questa linea al momento non funziona. La preghiamo di riprovare più tardi. Arrivederci.',
    'change-stands':
      'Mi dispiace, non posso continuare questa chiamata. Ciò che è stato prenotato o cambiato resta valido. Arrivederci.',
    'change-open':
      'Mi dispiace, non posso continuare questa chiamata. La sua ultima richiesta potrebbe non essere riuscita. La preghiamo di richiamare per esserne certi. Arrivederci.',
    'putting-through':
      'Mi dispiace, non posso continuare io questa chiamata. Le passo qualcuno. Un momento, per favore.',
    'one-moment': sentencesIn('it').call.oneMoment,
    'message-taken':
      'Mi dispiace, non posso continuare questa chiamata. Ho lasciato un messaggio che lei ha chiamato, con il suo numero. Arrivederci.',
    'not-in-service': 'Mi dispiace, questo numero al momento non è in servizio. Arrivederci.',
    'lines-busy':
      'Mi dispiace, tutte le nostre linee sono occupate. La preghiamo di richiamare tra qualche minuto. Arrivederci.',
    'caller-blocked': 'Mi dispiace, non possiamo prendere la sua chiamata. Arrivederci.',
    'called-too-often':
      'Mi dispiace, lei ha chiamato molto spesso. La preghiamo di richiamare più tardi. Arrivederci.',
    'calls-open':
      'Mi dispiace, ci sono già diverse chiamate aperte dalla sua connessione. La preghiamo di chiuderne una e richiamare. Arrivederci.',
  },
};

/** The file of a recording, below this folder. */
export function fileOf(name: RecordedName, language: Language): string {
  return `${language}/${name}.wav`;
}

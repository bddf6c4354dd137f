import type { Sentences } from './sentences.ts';

export const PORTUGUESE: Sentences = {
  call: {
    greeting: (businessName) => `Olá, aqui é ${businessName}, como posso ajudar?`,
    isAi: 'Sou um assistente de IA.',
    isRecorded: 'Esta chamada é gravada.',
    oneMoment: 'Um momento, por favor.',
    minuteLeft: 'Temos mais um minuto nesta chamada.',
    lessThanMinuteLeft: 'Temos menos de um minuto nesta chamada.',
    timeIsOver:
      'Desculpe, esta chamada atingiu a duração máxima. Ligue novamente se precisar de mais alguma coisa. Até logo.',
    backAgain: 'Desculpe, a ligação caiu por um momento. Já voltei. Onde estávamos?',
  },
  offers: {
    soonest: 'o quanto antes',
    nothingSoon: 'Não há nada livre em breve.',
    nothingFor: (asked) => `Não há nada livre para esse pedido: ${asked}.`,
    taken: (label) => `Esse horário acabou de ser ocupado: ${label}.`,
    onlyOne: (day, time) => `${day}: só está livre às ${time}`,
    several: (day, count, hours) => `${day}: ${count} horários livres ${hours}`,
    whichTime: 'Que dia prefere, e por volta de que horas?',
    whichKind: (list) => `Para que é: ${list}?`,
    withWhom: (list) => `Com quem deseja: ${list}?`,
    withHost: (label, host) => `${label} com ${host}`,
    howLong: (list) => `Pode durar ${list} minutos. Quanto tempo precisa?`,
  },
  wishes: {
    unclear: 'Não entendi que dia ou hora quer dizer. Que dia prefere, e a que horas?',
    past: 'Esse momento já passou. Que dia prefere, e a que horas?',
    noSuchTime: 'Nesse dia a hora muda e esse horário não existe. Que hora prefere em vez dessa?',
    isIt: (label) => `Não entendi tudo. Quer dizer ${label}?`,
    whichOf: (list) => `Quer dizer ${list}?`,
  },
  changes: {
    booked: (label, name) => `Marcado: ${label}, em nome de ${name}.`,
    requested: (label, name) =>
      `Solicitado: ${label}, em nome de ${name}. A empresa ainda tem de aceitar.`,
    alreadyBooked: (label, name) => `Já está marcado: ${label}, em nome de ${name}.`,
    alreadyRequested: (label, name) => `Já está solicitado: ${label}, em nome de ${name}.`,
    moved: (before, label) => `Remarcado: antes ${before}; agora ${label}.`,
    moveRequested: (before, label) =>
      `Solicitei a mudança: agora ${before}; pedido ${label}. A empresa ainda tem de aceitar.`,
    cancelled: (label) => `Cancelado: ${label}.`,
    bookingOpen: 'Ainda não consegui confirmar a marcação.',
    moveOpen: 'Ainda não consegui confirmar o novo horário.',
    cancellationOpen: 'Ainda não consegui confirmar o cancelamento.',
    youWillHear: 'Vai receber uma mensagem assim que estiver resolvido.',
    callAgain: 'Por favor, ligue de novo em alguns minutos para saber como ficou.',
    beingChanged: 'Esse horário já está sendo alterado.',
    noMore:
      'Nesta ligação não é possível marcar nem mudar mais horários. Por favor, ligue de novo para isso.',
  },
  appointments: {
    found: (list) => `Encontrei o seu horário: ${list}.`,
    notFound: 'Não encontro nenhum horário com esses dados.',
    offerCode: 'Se quiser, posso enviar um código para esse endereço, e me diz qual é.',
    codeMailed:
      'Se houver um horário marcado com esse endereço, um código de seis dígitos está a caminho. Qual é o código?',
    codeNotMailed: 'Não posso enviar um código neste momento. Em que dia é, e a que horas?',
    whichAddress: 'Com que endereço de e-mail foi feita a marcação?',
    whichDay: 'E em que dia é, e a que horas?',
    whichDayExactly: 'Em que dia é exatamente, e a que horas?',
    whichTime: 'E a que horas nesse dia?',
    noMoreLookUps: 'Nesta ligação não é possível procurar mais horários.',
  },
  messages: {
    taken: 'Anotei a sua mensagem e vou transmiti-la.',
    takenAsUrgent: 'Anotei a sua mensagem como urgente e vou transmiti-la.',
    summarySent: 'Vou enviar um e-mail com o que combinamos.',
  },
  heard: {
    details: (list) => `Tenho ${list}.`,
    email: (address) => `Tenho ${address} como endereço de e-mail. Está certo?`,
    number: (number) => `Tenho ${number} como número para ligar de volta. Está certo?`,
    isThatRight: 'Está certo?',
    didYouMean: (likely, given) => `Quer dizer ${likely}, ou é mesmo ${given}?`,
  },
  truth: {
    booked: (label) => `A sua consulta está marcada: ${label}.`,
    moved: (label) => `A sua consulta foi remarcada: ${label}.`,
    cancelled: (label) => `A sua consulta foi cancelada: ${label}.`,
    requested: (label) => `Solicitei ${label}. A empresa ainda tem de aceitar.`,
    unconfirmed: 'Ainda não consegui confirmar isso.',
    nothing: 'Ainda não há nada marcado. Que dia e que hora seriam bons?',
    offer: (list) => `Ainda não há nada marcado. Posso oferecer ${list}. Qual prefere?`,
  },
  calendar: {
    'key-missing':
      'A nossa agenda não está conectada neste momento, por isso não posso marcar nada. Por favor, ligue mais tarde.',
    'key-refused':
      'A nossa agenda não me deixa entrar neste momento, por isso nada está marcado. Por favor, ligue mais tarde.',
    'key-without-rights':
      'Não tenho permissão para isso na nossa agenda, por isso nada foi marcado nem mudado. Por favor, pergunte à nossa equipe.',
    'event-type-missing':
      'Esse tipo de consulta já não está na nossa agenda, por isso não posso marcá-la. Por favor, pergunte à nossa equipe.',
    'slug-of-another-user':
      'Esse tipo de consulta não está nesta agenda, por isso não posso marcá-la. Por favor, pergunte à nossa equipe.',
    'no-availability':
      'A nossa agenda não tem horários neste momento, por isso não tenho nada a oferecer. Por favor, ligue mais tarde.',
    'not-supported':
      'Esse tipo de consulta não pode ser marcado aqui. Por favor, pergunte à nossa equipe.',
    'cancelling-not-allowed':
      'Consultas deste tipo não podem ser canceladas aqui, por isso fica como está. Por favor, pergunte à nossa equipe.',
    'moving-not-allowed':
      'Consultas deste tipo não podem ser remarcadas aqui, por isso fica quando está. Por favor, pergunte à nossa equipe.',
    'attendee-has-enough':
      'Com esse endereço já há tantas consultas por vir quantas a nossa agenda permite, por isso nada mais é marcado. Posso procurar a que tem.',
    'attendee-has-it-already':
      'Já tem uma consulta exatamente a essa hora, e fica como está. Nada mais é marcado.',
    'address-not-accepted':
      'A nossa agenda não deixa marcar com esse endereço de e-mail, por isso nada está marcado. Há outro?',
    'notes-too-long':
      'Essa nota é mais longa do que a nossa agenda aceita, por isso ainda nada está marcado. Vamos dizê-la em menos palavras.',
    SlotUnavailableError: 'Esse horário já não está livre. Posso procurar outro.',
    BookingNotFoundError: 'A nossa agenda não tem essa consulta.',
    RequestRefusedError:
      'A nossa agenda não aceita isso, e nada foi marcado nem mudado. Vamos verificar o que me disse.',
    RateLimitedError:
      'A nossa agenda está muito ocupada neste momento. Nada foi marcado nem mudado. Vamos tentar de novo em um minuto.',
    CalendarUnreachableError:
      'Não consigo acessar a nossa agenda neste momento. Nada foi marcado nem mudado. Vamos tentar de novo em um minuto.',
    OutcomeUnknownError:
      'Ainda não consegui confirmar. Vai receber uma mensagem assim que eu souber, por isso não conte com isso até lá.',
    unknown:
      'Algo está errado com a nossa agenda, e não sei dizer o quê. Por favor, pergunte à nossa equipe.',
  },
};

/** What a sentence does, whatever the call is about at the moment. All take a spoken sentence in lower case. */

const NO =
  /^(?:no|nope|nah|wrong|incorrect|not)\b|\b(?:that's|that is|it's|it is|is) (?:not|wrong|incorrect)\b|\b(?:don't|do not) (?:book|want|do|cancel|move)|\bnot (?:right|correct|yet)\b/;
const YES =
  /^(?:yes|yeah|yep|yup|sure|okay|ok|correct|right|exactly|perfect|absolutely|definitely|certainly|fine|great|good)\b(?! (?:morning|afternoon|evening))|\b(?:that's|that is|it's|it is|is) (?:right|correct|fine|good|perfect)\b|\b(?:go ahead|please do|book it|of course|sounds good)\b/;
const GOODBYE =
  /\b(?:goodbye|good bye|bye|hang up|end the call|see you)\b|\b(?:that's|that is|that'll be|that will be) (?:all|it)\b|\bnothing else\b|\bnever ?mind\b|\bforget it\b|\bi'm done\b/;

export function saysNo(sentence: string): boolean {
  return NO.test(sentence);
}

export function saysYes(sentence: string): boolean {
  return !saysNo(sentence) && YES.test(sentence);
}

export function saysGoodbye(sentence: string): boolean {
  return GOODBYE.test(sentence);
}

/** "no thank you" where nothing was asked that needs a no. */
export function declines(sentence: string): boolean {
  return /^no\b(?: (?:thank you|thanks|that's all|i'm fine|i'm good))*$/.test(sentence);
}

export function asksToRepeat(sentence: string): boolean {
  return /\b(?:repeat|say (?:that|it) again|what did you say|pardon|come again|did not (?:understand|hear|catch)|didn't (?:understand|hear|catch))\b/.test(
    sentence,
  );
}

export function asksToWait(sentence: string): boolean {
  return /^(?:please )?(?:wait|hold on|one moment|just a (?:moment|second|minute)|one second|let me (?:think|see|check))(?: a (?:moment|second|minute))?(?: please)?$/.test(
    sentence,
  );
}

/**
 * What the caller wants done with an appointment that exists; null when the sentence is about
 * something else. `strict`: an appointment is being made, and "the appointment" may be that one.
 */
export function readErrand(
  sentence: string,
  strict: boolean,
): 'cancel' | 'reschedule' | 'find' | null {
  const which = strict ? 'my|our' : 'my|our|an|the|his|her|their';
  const about = (verbs: string): boolean =>
    new RegExp(`\\b(?:${verbs})\\b.*\\b(?:${which}) (?:\\w+ )?appointment\\b`).test(sentence);
  if (about('cancel|call off')) return 'cancel';
  if (about('reschedule|move|change|postpone|rebook')) return 'reschedule';
  const asksWhen =
    /\b(?:do|does|did) (?:i|we|he|she|they|my \w+|\w+ \w+) (?:still )?have (?:an|any|my|his|her|their|the) appointments?\b/.test(
      sentence,
    ) ||
    /\bwhen (?:is|was) (?:my|our|his|her|their|the) (?:next )?appointment\b|\b(?:what|which) (?:time|day) (?:is|was) (?:my|our|his|her|their|the) appointment\b/.test(
      sentence,
    );
  return asksWhen || about('find|check|look up|confirm') ? 'find' : null;
}

/** "i don't know" */
export function isUnsure(sentence: string): boolean {
  return /\b(?:don't|do not|can't|cannot) (?:know|remember|recall|say)\b|\bnot sure\b|\bforgot\b|\bno idea\b/.test(
    sentence,
  );
}

export function greetsOnly(sentence: string): boolean {
  return /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|hello there|hi there|are you (?:still )?there)$/.test(
    sentence,
  );
}

export function thanksOnly(sentence: string): boolean {
  return /^(?:thank you|thanks|thank you very much|thanks a lot|many thanks)$/.test(sentence);
}

export function wantsAppointment(sentence: string): boolean {
  return /\b(?:appointment|book|booking|schedule|reserve|slot|come in|visit|see (?:the|a) doctor|a time|meeting)\b/.test(
    sentence,
  );
}

/** "something later", "none of these", "another day": wants other times than the offered ones. */
export function readRefusal(sentence: string): 'later' | 'earlier' | 'other' | null {
  if (/\b(?:later|after that)\b/.test(sentence) && !/\blater (?:one|this|next|in)\b/.test(sentence))
    return 'later';
  if (/\bearlier\b/.test(sentence) && !/\bearlier one\b/.test(sentence)) return 'earlier';
  if (
    /\b(?:none|neither|another|other|different|something else|anything else|not (?:that|this)(?: one| time| day)?|(?:does not|doesn't|do not|don't|won't) (?:work|suit))\b/.test(
      sentence,
    )
  ) {
    return 'other';
  }
  return null;
}

/** A question the rehearsal has no answer to: it is about something other than a free time. */
export function asksSomethingElse(sentence: string): boolean {
  return (
    /^(?:where|who|why|how (?:much|many|long|old)|do you (?:take|accept|speak|offer|know)|what (?:is|are) (?:your|the (?:price|weather|cost))|are you (?:a|real)|what can you)\b/.test(
      sentence,
    ) ||
    /\b(?:parking|insurance|price|prices|cost|address|opening hours|your hours|weather|(?:speak|talk) to (?:a|someone|somebody)|robot|phone number|spanish|what day is)\b/.test(
      sentence,
    ) ||
    sentence === 'help' ||
    sentence.startsWith('when are you open')
  );
}

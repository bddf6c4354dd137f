/** Phrases that hold words of time and mean none: greetings, lengths, head counts. */
export const SMALL_TALK: readonly RegExp[] = [
  /\bgood (?:morning|afternoon|evening|day|night)\b/g,
  /\bhave a (?:good|nice|great) (?:day|one|morning|afternoon|evening|weekend|week)\b/g,
  /\b(?:which|what|whatever|whichever) (?:day|date|time|times|days|week|month|hour)s?\b(?! but)/g,
  /\bfor (?:about )?(?:\d+|1 hour and a half)(?: (?:and a half))? ?(?:minutes?|mins?|hours?|hrs?|people|persons?|adults?|kids?|children|guests?)\b/g,
  /\b(?:\d+) ?(?:minutes?|mins?|hours?|hrs?) (?:appointment|slot|meeting|visit|session|call|consultation|consult|long)\b/g,
  /\b(?:just |wait |hang on |hold on )?(?:a|1) (?:second|moment|minute)(?: please)?\b/g,
  /\bmay (?=i\b|we\b|you\b|he\b|she\b|be\b)/g,
  /(?<=\b(?:i|we|you|he|she|they) )may\b/g,
  /\b(?:last|first|middle) name\b/g,
  /\bat (?:the )?(?:very )?(?:latest|earliest)\b/g,
  /\b(?:table|party|group) (?:for|of) \d{1,2}\b(?!:| ?(?:am|pm|oclock))/g,
  /(?<!:)\b\d{1,2} (?:haircuts|appointments|bookings|visits|sessions|treatments|massages|cleanings|lessons|slots|options|openings|of us)\b/g,
  /\b(?:one|some|any|another|other) day or (?:another|other)\b/g,
  /\bat (?:your|the) (?:office|clinic|place)\b/g,
  /(?<!\b(?:your|their) )\b(?:local|my) time\b/g,
];

/** Negations that refuse nothing: courtesies, and questions that hope for a yes. */
export const POLITE_NEGATIONS: readonly RegExp[] = [
  /\b(?:dont|do not|wouldnt|would not) (?:really )?(?:mind|care|worry|matter|think so|have (?:a|any) preferences?)\b/g,
  /\b(?:it )?(?:doesnt|does not) (?:really )?matter(?: to me)?\b/g,
  /\b(?:cant|couldnt|wont|wouldnt|dont|isnt|arent|havent) (?:you|we|they|there)(?: (?:have|got))?\b/g,
  /\bwhy (?:not|dont (?:we|you|i))\b/g,
  /\bnot (?:(?:a|any) problem|(?:too |so )?bad|too (?:early|late)|at all)\b/g,
  /\bcant wait(?! until| till| til| for| that| any)\b/g,
  /\bdo you not\b/g,
];

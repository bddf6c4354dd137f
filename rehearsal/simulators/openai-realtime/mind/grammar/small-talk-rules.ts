import type { Rules } from './rules.ts';

/** What can be said at any moment of a call. */
export const smallTalkRules: Rules = {
  yes: "/10/ yes | /4/ yes please | /2/ yeah | /1/ yep | /2/ sure | /2/ okay | /2/ correct | /2/ that's right | /2/ that is right | /2/ yes that's right | /2/ yes that is right | /1/ yes that's correct | /2/ that is correct | /1/ right | /1/ go ahead | /1/ yes go ahead | /1/ please do | /2/ book it | /2/ yes book it [please] | /1/ sounds good | /1/ perfect | /1/ that's fine | /1/ of course",
  no: "/10/ no | /1/ nope | /3/ no thank you | /2/ no thanks | /2/ no that's wrong | /2/ that's wrong | /1/ that is wrong | /1/ wrong | /1/ incorrect | /1/ that's not right | /1/ that is not right | /1/ no that's not right | /1/ not yet | /1/ don't book it | /1/ no don't book it",
  goodbye:
    "/6/ goodbye | /3/ bye [bye] | /3/ no thank you that's all | /3/ that's all [thank you | thanks] | /2/ that is all [thank you | thanks] | /2/ no that's all | /2/ thank you goodbye | /1/ thanks bye | /2/ nothing else [thank you] | /1/ never mind | /1/ forget it",
  repeat:
    '/2/ can you repeat that [please] | /1/ could you repeat that [please] | /1/ please repeat [that] | /1/ say that again [please] | /1/ what did you say | /1/ pardon | /1/ i did not understand',
  wait: '/2/ wait | /1/ wait a moment | /1/ hold on | /1/ one moment [please] | /1/ just a moment [please] | /1/ let me think',
  question:
    '/1/ where are you [located] | /1/ what is your address | /1/ how much does it cost | /1/ what are your (opening hours | hours | prices) | /1/ when are you open | /1/ do you (take | accept) (insurance | my insurance) | /1/ is there parking | /1/ (can | could) i (speak | talk) to (a person | a human | someone) | /1/ are you a (robot | computer | real person) | /1/ who are you | /1/ what can you do | /1/ help | /1/ what is your phone number | /1/ do you speak spanish | /1/ what day is [it] today | /1/ what is the weather like',
  thanks: 'thank you | thanks | thank you very much',
  aside: '/2/ <goodbye> | /2/ <repeat> | /1/ <wait> | /1/ <question> | /1/ <thanks> | /1/ <hello>',
};

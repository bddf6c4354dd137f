const YES =
  /^(yes|yeah|yep|yup|sure|okay|ok|of course|certainly|absolutely|definitely|correct|right|true|y|1|agreed|accepted|confirmed|i (do|agree|accept|consent|confirm|have|am|understand))\b/i;
const NO = /\b(no|not|never|don't|do not|won't|can't)\b/i;

/** Whether somebody who was asked to agree does so, in English words. Anything doubtful is no. */
export function saysYes(words: string): boolean {
  const said = words.trim().replaceAll('’', "'");
  return YES.test(said) && !NO.test(said);
}

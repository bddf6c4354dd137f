import { wordSet } from './word-set.ts';

/** What callers have that takes no time of theirs. */
export const HARMLESS = wordSet(`
  question questions problem time preference toothache pain cold fever headache slot request issue
  idea feeling chance referral emergency cavity rash cough opening openings free window gap hole
  mind
`);
/** What "i have" goes on with where nothing is had. */
export const NOT_HAD = wordSet(`
  to been no nothing none any anything not never only more until till from availability available
  off that it this them both either all said asked tried called somebody someone you on at just
  wanted needed hoped got , .
`);
/** What callers "have to" do with us. */
export const ERRANDS = wordSet(`
  move change reschedule cancel book make see get find come schedule ask check say speak talk
  switch push have be bring
`);
/** What callers do while they call. */
export const DOING = wordSet(`
  calling looking hoping trying wondering thinking planning needing wanting interested asking
  going having seeking inquiring booking aiming leaning feeling experiencing phoning ringing
  writing texting checking getting considering requesting scheduling rescheduling interested just
  not meaning wanted needed
`);
/** Verbs of requests that tell of life right behind their subject: "i see my therapist". */
export const ACTS = wordSet(`
  get gets got take takes took see sees saw go goes went come comes came make makes made start
  starts work works worked open opens set put move moves
`);
/** Subjects that tell of a wish. */
export const WISHED = wordSet(`
  can could may might will would must should preference choice best ideal preferred schedule
  calendar time day first earliest only thing number phone email address wish availability that
  this what there it everything anything one slot doctor dentist office and or to on at is are was
  name names for appointment booking visit i we you as
`);
/** Unless an appointment is asked for: "make my appointment for friday". */
export const ASKED = `<!book|make|schedule|want|like|have|need|move|change|reschedule|cancel|switch|push|
      bring|swap|shift|moving|changing|take|get|postpone|instead|of|set|with`;
/** What other people and things are and do. */
export const BE = `is|are|was|were|will_be|begins|starts|ends|finishes|lands|leaves|arrives|departs|
      closes|opens|drops|lets_out|shuts|finish|woke|says|said|shows|works|takes|took|told|runs|
      expire|expires|run|start|end|begin|close|land|arrive|depart|leave|come|comes|visit|visits|hurt|hurts|started|
      began|broke|fell|lasts|goes|gets|needs|wants`;
export const STATES = 'im|i_am|were|we_are|ill_be|hes|shes|theyre|well_be|i_will_be';
export const ENDS = 'ends|end|finishes|finish|closes|is_over|are_over|gets_out|lets_out|is_done';
export const COMES_OUT = `finish|finishes|get_off|gets_off|get_out|gets_out|get_back|get_home|gets_home|
  leave|leaves|am_done`;
export const LEAVES = `leave|start|finish|begin|pick|drop|catch|head|travel|work|get_to|get_home|get_back|
  get_away|get_off|get_out|be_at|be_out|be_gone|be_home|be_back|be_done`;
/** What a day is that would do. */
export const CALM = wordSet(`
  preference choice favorite favourite chance way possibility must easiest easier preferable
  alright workable super awesome fantastic brilliant nicer simplest wide pretty kind looking
  earliest soonest latest closest nearest
`);
export const VISIT = 'appointment|booking|visit|reservation';
export const OWN = 'a|an|another|some|my|to|the|our|this';

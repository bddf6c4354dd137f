/** Given names the ears listen for; any other can be spelled. */
export const GIVEN_NAMES =
  'mary james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel frank gregory raymond alexander patrick jack dennis jerry peter henry adam nathan walter kyle carl arthur roger jose juan carlos luis patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela anna ruth brenda pamela nicole katherine samantha christine emma catherine virginia rachel carolyn janet maria heather diane julie joyce victoria kelly christina joan evelyn olivia martha megan andrea hannah jane alice julia grace ann rose sophia isabella ava mia charlotte amelia tom bob bill jim joe mike dave steve dan chris sam ben alex max kate sue'.split(
    ' ',
  );

/** Family names the ears listen for; any other can be spelled. */
export const FAMILY_NAMES =
  'smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy cook rogers morgan peterson cooper reed bailey bell kelly howard ward cox richardson wood watson brooks bennett gray james hughes price myers long foster sanders ross powell sullivan russell ortiz jenkins perry butler barnes fisher jordan hamilton graham wallace west cole hayes gibson bryant ellis stevens murray ford marshall owens mcdonald harrison kennedy wells webb simpson hunter lincoln schmidt fox black stone doe'.split(
    ' ',
  );

/** Words callers use to make a letter clear: "s as in sam". */
export const LETTER_WORDS =
  'alpha apple adam bravo boy charlie charles delta david dog echo edward easy foxtrot frank golf george hotel henry india ida juliet john kilo king lima lincoln love mike mary november nancy oscar papa peter quebec queen romeo robert sierra sam sugar tango tom uniform victor whiskey william x-ray yankee young zulu zebra'.split(
    ' ',
  );

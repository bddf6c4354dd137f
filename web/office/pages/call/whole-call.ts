import type { AnswerOf } from '../../api/route-types.ts';

export type WholeCall = AnswerOf<'getCall'>;
export type Turn = WholeCall['turns'][number];
export type Sentence = Turn['sentences'][number];
export type Evidence = Sentence['evidence'][number];
export type ToolCall = WholeCall['tools'][number];
export type Correction = WholeCall['corrections'][number];

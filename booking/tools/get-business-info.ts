import { z } from 'zod';
import type { BusinessInfo } from '../desk/business-info.ts';
import { defineTool } from './tool.ts';
import type { Tool } from './tool.ts';

/** Characters: the model reads them with every answer that it gives. */
const MOST_TOPICS = 1_500;

/** The tool that looks up what the operator wrote down of the business. */
export function getBusinessInfo(business: BusinessInfo): Tool {
  const language = new Intl.DisplayNames('en', { type: 'language' }).of(business.language);
  const schema = z.object({
    topic: z
      .string()
      .nullable()
      .describe(
        `One of these, word for word, when the question is about it: ${business.topics.join('; ').slice(0, MOST_TOPICS)}. Null for none of them.`,
      ),
    question: z
      .string()
      .describe(`What the caller wants to know, in a few words of ${language ?? 'English'}.`),
  });
  return defineTool({
    name: 'get_business_info',
    description:
      'Looks up what is known of the business: opening hours, address, prices and the like. Call it for every such question; never answer one from memory.',
    schema,
    run: (args) => business.find(args),
  });
}

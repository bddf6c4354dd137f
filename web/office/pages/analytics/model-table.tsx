import { writeDollars } from '../../components/call-words.ts';
import { Card } from './chart-card.tsx';
import { FigureTable } from './figure-table.tsx';
import type { Analytics } from './analytics-words.ts';
import { writeCount } from './analytics-words.ts';

/** What the models took and gave, and what that is estimated to cost. */
export function ModelTable({ analytics: { models } }: { analytics: Analytics }) {
  if (models.length === 0) return null;
  return (
    <Card
      title="Models"
      words="The cost is an estimate, at the prices known for each day. The provider’s bill counts."
    >
      <FigureTable
        caption="Models"
        head={['Model', 'Tokens in', 'Cached', 'Tokens out', 'Minutes', 'Estimate']}
        rows={models.map((model) => [
          model.model,
          writeCount(model.inputTokens),
          writeCount(model.cachedTokens),
          writeCount(model.outputTokens),
          writeCount(model.seconds / 60),
          model.isComplete ? writeDollars(model.cost) : `over ${writeDollars(model.cost)}`,
        ])}
      />
    </Card>
  );
}

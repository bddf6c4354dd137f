import { dirname } from 'node:path';

import { isNode, isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';

import { scenarioSchema } from './scenario-schema.ts';
import type { CallerVoice, Scenario } from './scenario-schema.ts';

/** A scenario file that cannot be played; each problem reads `file:line: key: what to do`. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What a command line may say instead of the file. */
export interface Overrides {
  line?: Scenario['line'] | undefined;
  voice?: CallerVoice | undefined;
}

type Path = readonly PropertyKey[];

function writtenKey(path: Path): string {
  let key = '';
  for (const part of path) {
    key += typeof part === 'number' ? `[${part}]` : `${key === '' ? '' : '.'}${String(part)}`;
  }
  return key === '' ? 'scenario' : key;
}

/** Where a key stands: at its name when it is a key of a map, else at its value, else at the nearest part above it. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isPair(item) && isScalar(item.key) && item.key.value === last,
      );
      if (pair !== undefined && isNode(pair.key) && pair.key.range) {
        return pair.key.range[0];
      }
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return isNode(document.contents) && document.contents.range ? document.contents.range[0] : 0;
}

/**
 * Reads a scenario.
 *
 * @param file how the file is named in messages; the paths of recordings begin at its folder.
 * @param options.line plays the scenario on this line whatever the file says.
 * @param options.voice lets its caller speak with this voice.
 * @throws ScenarioError that names every problem with its line and key.
 */
export function parseScenario(text: string, file: string, options: Overrides = {}): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ScenarioError(
      document.errors.map(
        (error) => `${file}:${lines.linePos(error.pos[0]).line}: YAML: ${error.message}`,
      ),
    );
  }
  const parsed = scenarioSchema(dirname(file)).safeParse(overridden(document.toJS(), options), {
    error: (issue) => (issue.input === undefined ? 'is missing; write it' : undefined),
  });
  if (parsed.success) {
    return parsed.data;
  }
  const problems = parsed.error.issues.flatMap((issue) => {
    const paths: Path[] =
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path, key])
        : [issue.path];
    return paths.map((path) => ({
      line: lines.linePos(offsetOf(document, path)).line,
      path,
      message: issue.message,
    }));
  });
  throw new ScenarioError(
    problems
      .sort((one, other) => one.line - other.line)
      .map(({ line, path, message }) => `${file}:${line}: ${writtenKey(path)}: ${message}`),
  );
}

/** What the command line names goes before what the file says. */
function overridden(written: unknown, { line, voice }: Overrides): unknown {
  if (!isRecord(written)) return written;
  const { caller } = written;
  const isOdd = caller !== undefined && !isRecord(caller);
  return {
    ...written,
    ...(line === undefined ? {} : { line }),
    ...(voice === undefined || isOdd ? {} : { caller: { ...caller, voice } }),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

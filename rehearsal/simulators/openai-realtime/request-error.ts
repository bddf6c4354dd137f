import type { z } from 'zod';

/** A client event the server refuses; it becomes an `error` event and the session goes on. */
export class RealtimeRequestError extends Error {
  override readonly name = 'RealtimeRequestError';
  readonly type = 'invalid_request_error';
  readonly code: string;
  readonly param: string | null;

  constructor(details: { code: string; message: string; param?: string | null }) {
    super(details.message);
    this.code = details.code;
    this.param = details.param ?? null;
  }
}

/** Says the first thing zod found wrong in the words and codes the real service uses. */
export function requestErrorFromIssue(issue: z.core.$ZodIssue): RealtimeRequestError {
  const param = paramName(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const unknown = paramName([...issue.path, issue.keys[0] ?? '']);
      return refuse('unknown_parameter', unknown, `Unknown parameter: '${unknown}'.`);
    }
    case 'invalid_type':
      return issue.input === undefined
        ? missing(param)
        : refuse(
            'invalid_type',
            param,
            `Invalid type for '${param}': expected ${issue.expected}, but got ${typeName(issue.input)} instead.`,
          );
    case 'invalid_value':
      return issue.input === undefined
        ? missing(param)
        : refuse('invalid_value', param, unsupportedValue(issue.input, issue.values));
    case 'invalid_union':
      return invalidUnion(issue, param);
    case 'too_big':
      return refuse(
        boundCode(issue.origin, issue.input, 'above_max'),
        param,
        `Invalid '${param}': the maximum is ${String(issue.maximum)}.`,
      );
    case 'too_small':
      return refuse(
        boundCode(issue.origin, issue.input, 'below_min'),
        param,
        `Invalid '${param}': the minimum is ${String(issue.minimum)}.`,
      );
    default:
      return refuse('invalid_value', param, `Invalid '${param}': ${issue.message}.`);
  }
}

function invalidUnion(issue: z.core.$ZodIssueInvalidUnion, param: string): RealtimeRequestError {
  if (issue.input === undefined) return missing(param);
  if ('discriminator' in issue && typeof issue.discriminator === 'string') {
    const named = param.endsWith(issue.discriminator) ? param : `${param}.${issue.discriminator}`;
    const value = (issue.input as Record<string, unknown> | null)?.[issue.discriminator];
    return value === undefined
      ? missing(named)
      : refuse('invalid_value', named, `Invalid value: ${JSON.stringify(value)}.`);
  }
  return refuse('invalid_value', param, `Invalid value for '${param}'.`);
}

function missing(param: string): RealtimeRequestError {
  return refuse('missing_required_parameter', param, `Missing required parameter: '${param}'.`);
}

function refuse(code: string, param: string, message: string): RealtimeRequestError {
  return new RealtimeRequestError({ code, message, param });
}

/** `['session', 'tools', 0, 'name']` reads `session.tools[0].name`, as in the real service's errors. */
function paramName(path: readonly PropertyKey[]): string {
  let name = '';
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else name += name === '' ? String(part) : `.${String(part)}`;
  }
  return name;
}

function unsupportedValue(input: unknown, values: readonly unknown[]): string {
  const supported = values.map((value) => `'${JSON.stringify(value)}'`).join(', ');
  return `Invalid value: '${String(input)}'. Supported values are: ${supported}.`;
}

function typeName(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'an array';
  return typeof input;
}

function boundCode(origin: string, input: unknown, bound: 'above_max' | 'below_min'): string {
  if (origin === 'string') return `string_${bound}_length`;
  if (origin === 'array') return `array_${bound}_length`;
  return `${Number.isInteger(input) ? 'integer' : 'decimal'}_${bound}_value`;
}

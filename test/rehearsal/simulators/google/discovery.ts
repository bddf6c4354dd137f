import { z } from 'zod';
import discovery from '../../../fixtures/google/discovery.json' with { type: 'json' };

interface Schema {
  type?: string;
  format?: string;
  $ref?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
}

export interface Method {
  httpMethod: string;
  path: string;
  parameters: string[];
  request?: string;
  response?: string;
}

const schemas = discovery.schemas as Record<string, Schema>;
export const METHODS = discovery.methods as Record<string, Method>;

const FORMATS: Record<string, z.ZodType> = {
  'date-time': z.iso.datetime({ offset: true }),
  date: z.iso.date(),
  int64: z.string().regex(/^-?\d+$/),
};

/** What is wrong with a value by a schema of Google's own; nothing is passed over that it does not name. */
export function faultsOf(value: unknown, name: string): string[] {
  return check(value, { $ref: name }, name);
}

function check(value: unknown, schema: Schema, at: string): string[] {
  const { $ref, type, format, items, properties, additionalProperties } = schema;
  if ($ref !== undefined) {
    const meant = schemas[$ref];
    return meant ? check(value, meant, at) : [`${at}: no schema ${$ref}`];
  }
  if (type === 'array') {
    if (!Array.isArray(value)) return [`${at}: no array`];
    return value.flatMap((each, index) => check(each, items ?? {}, `${at}[${index}]`));
  }
  if (type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${at}: no object`];
    return Object.entries(value).flatMap(([key, each]) => {
      const inner = properties?.[key] ?? additionalProperties;
      return inner ? check(each, inner, `${at}.${key}`) : [`${at}.${key}: not known`];
    });
  }
  if (type === 'string') {
    if (typeof value !== 'string') return [`${at}: no string`];
    const isRight = format === undefined || (FORMATS[format]?.safeParse(value).success ?? true);
    return isRight ? [] : [`${at}: no ${format}`];
  }
  if (type === 'integer' || type === 'number')
    return typeof value === 'number' ? [] : [`${at}: no number`];
  if (type === 'boolean') return typeof value === 'boolean' ? [] : [`${at}: no boolean`];
  return [];
}

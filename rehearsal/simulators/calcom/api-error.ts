/** What Cal.com answers instead of what was asked for; each kind has its own envelope. */
export abstract class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  /** @param path the path and query of the request, which most envelopes repeat */
  abstract body(path: string, now: Date): object;
}

const NAMES: Record<number, [code: string, error: string]> = {
  400: ['BadRequestException', 'Bad Request'],
  401: ['UnauthorizedException', 'Unauthorized'],
  403: ['ForbiddenException', 'Forbidden'],
  404: ['NotFoundException', 'Not Found'],
  409: ['ConflictException', 'Conflict'],
  422: ['UnprocessableEntityException', 'Unprocessable Entity'],
  500: ['InternalServerErrorException', 'Internal Server Error'],
  502: ['BadGatewayException', 'Bad Gateway'],
  503: ['ServiceUnavailableException', 'Service Unavailable'],
};

function envelope(path: string, now: Date, error: object): object {
  return { status: 'error', timestamp: now.toISOString(), path, error };
}

/** The common refusal: code, message and the same again as details. */
export class HttpError extends ApiError {
  override readonly name = 'HttpError';

  override body(path: string, now: Date): object {
    const [code, error] = NAMES[this.status] ?? NAMES[500]!;
    const details = { message: this.message, error, statusCode: this.status };
    return envelope(path, now, { code, message: this.message, details });
  }
}

/** A refusal for haste: its details are the message itself. */
export class ThrottledError extends ApiError {
  override readonly name = 'ThrottledError';

  constructor(message: string) {
    super(429, message);
  }

  override body(path: string, now: Date): object {
    const { message } = this;
    return envelope(path, now, { code: 'ThrottlerException', message, details: message });
  }
}

/** A refusal that carries a code of its own and no details. */
export class CodedError extends ApiError {
  override readonly name = 'CodedError';
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(status, message);
    this.code = code;
  }

  override body(path: string, now: Date): object {
    return envelope(path, now, { code: this.code, message: this.message });
  }
}

/** The second envelope: status code and message alone. */
export class BareError extends ApiError {
  override readonly name = 'BareError';

  override body(): object {
    return { statusCode: this.status, message: this.message };
  }
}

export interface PropertyFault {
  property: string;
  /** Left out of the answer where the property was missing. */
  value?: unknown;
  constraints: Record<string, string>;
}

/** A body or query whose properties were found wrong, one entry a property. */
export class PropertiesError extends ApiError {
  override readonly name = 'PropertiesError';
  readonly target: object;
  readonly faults: readonly PropertyFault[];

  constructor(target: object, faults: readonly PropertyFault[]) {
    super(400, 'Bad Request Exception');
    this.target = target;
    this.faults = faults;
  }

  override body(path: string, now: Date): object {
    const errors = this.faults.map(({ property, value, constraints }) => ({
      target: this.target,
      ...(value === undefined ? {} : { value }),
      property,
      children: [],
      constraints,
    }));
    const details = { errors };
    return envelope(path, now, { code: 'BadRequestException', message: this.message, details });
  }
}

/** Refuses with the sentence Cal.com makes of a property of a nested or plain body. */
export function wrongProperty(path: string[], message: string): HttpError {
  const named = path.map((property) => `${property} property is wrong`).join(', ');
  return new HttpError(400, `${named},${message} `);
}

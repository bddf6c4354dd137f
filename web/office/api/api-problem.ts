/** What went wrong with a request, in words for whoever made it (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** 0 where the server was not reached. */
  readonly status: number;
  /** Stable; `unreachable` where there was no answer. */
  readonly code: string;
  /** The part of the request at fault, as a path; null where none is. */
  readonly field: string | null;

  constructor(status: number, code: string, detail: string, field: string | null = null) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  /** What to tell a person. */
  get detail(): string {
    return this.message;
  }
}

/** Reads the problem that an answer says, or makes one of an answer that says none. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const { status } = response;
  try {
    const { code, detail, field } = (await response.json()) as Record<string, unknown>;
    if (typeof code === 'string' && typeof detail === 'string') {
      return new ApiProblem(status, code, detail, typeof field === 'string' ? field : null);
    }
  } catch {
    // A proxy's page, or nothing.
  }
  return new ApiProblem(status, 'refused', `The server refused the request (${status}).`);
}

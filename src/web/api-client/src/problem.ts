/** Problem kinds the server answers with (the last part of `type`), see RFC 9457. */
export type ProblemSlug =
  | "not-signed-in" | "forbidden" | "origin-refused" | "not-found" | "stale-task" | "already-claimed" | "case-ended"
  | "form-invalid" | "outcome-not-permitted" | "four-eyes" | "command-reused" | "input-invalid" | "file-refused"
  | "definition-refused" | "sign-in-failed" | "too-many-attempts" | "unknown";

/** A refusal by the server: it received the request and changed nothing. */
export class ApiProblem extends Error {
  /** Messages by field path, `SECTION.field` or `SECTION.list[2].field`. */
  readonly errors: Record<string, string[]>;

  constructor(
    readonly status: number,
    readonly slug: ProblemSlug,
    readonly title: string,
    readonly detail: string | null,
    /** Everything else the problem carries: `waitingAt`, `claimedBy`, `permitted` … */
    readonly extra: Readonly<Record<string, unknown>>,
  ) {
    super(detail ?? title);
    this.name = "ApiProblem";
    this.errors = isMessages(extra["errors"]) ? extra["errors"] : {};
  }
}

/**
 * No answer arrived. The command may or may not have been carried out, so it must be repeated with the same
 * command id, never with a new one.
 */
export class NoAnswer extends Error {
  constructor(cause: unknown) {
    super("The server did not answer.", { cause });
    this.name = "NoAnswer";
  }
}

/** Reads a refusal; an answer that is no problem document (a proxy's page, say) still becomes one. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body = await readJson(response);
  const text = (key: string) => (typeof body[key] === "string" && body[key] !== "" ? (body[key] as string) : null);
  const slug = (text("type")?.match(/\/problems\/([a-z0-9-]+)$/)?.[1] ?? slugOfStatus(response.status)) as ProblemSlug;
  const { type: _, title: __, detail: ___, status: ____, ...extra } = body;
  return new ApiProblem(response.status, slug, text("title") ?? `HTTP ${response.status}`, text("detail"), extra);
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(await response.text());
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  } catch (e) {
    if (e instanceof SyntaxError) return {};
    throw e;
  }
}

function slugOfStatus(status: number): ProblemSlug {
  switch (status) {
    case 401: return "not-signed-in";
    case 403: return "forbidden";
    case 404: return "not-found";
    case 413: case 415: return "file-refused";
    case 429: return "too-many-attempts";
    default: return "unknown";
  }
}

function isMessages(value: unknown): value is Record<string, string[]> {
  return typeof value === "object" && value !== null && Object.values(value).every(Array.isArray);
}

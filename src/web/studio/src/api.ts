/** The browser's own fetch, taken before the guard is put in its place. */
export const rawFetch: typeof fetch = window.fetch.bind(window);

/** A problem document as our server answers refusals. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  message?: string;
  errors?: Record<string, string[]>;
  problems?: { activityId?: string | null; activity?: string | null; message: string; severity?: string }[];
  [extra: string]: unknown;
}

export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.clone().text();
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { status: response.status, title: response.statusText || `HTTP ${response.status}` };
  }
}

export const sentence = (problem: Problem): string => problem.detail ?? problem.message ?? problem.title ?? `HTTP ${problem.status ?? '?'}`;

/** Calls our own API (not the Studio's calls, which go through the guard). */
export async function call<T>(path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<T> {
  const response = await rawFetch(path, {
    method: init.method ?? 'GET',
    credentials: 'same-origin',
    headers: { 'X-PowerWorkflow': '1', ...(init.body === undefined ? {} : { 'Content-Type': 'application/json' }), ...init.headers },
    body: init.body === undefined ? undefined : JSON.stringify(init.body),
  });
  if (!response.ok) throw new Refused(await problemOf(response), response.status);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The server said no. */
export class Refused extends Error {
  constructor(readonly problem: Problem, readonly status: number) {
    super(sentence(problem));
  }
}

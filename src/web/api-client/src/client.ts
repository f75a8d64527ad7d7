import { NoAnswer, readProblem } from "./problem";
import type {
  Advanced, Attachment, CaseData, CaseDetail, CaseQuery, CaseSummary, CompleteTask, Definition, DefinitionSummary, Form, JournalPage,
  Judgement, Language, Me, Message, Page, Person, Role, StartCase, Started, Task, TaskDetail, TaskPage, TaskQuery, Unit,
} from "./types";

type Query = Record<string, string | number | boolean | undefined | null>;

export interface ClientOptions {
  /** Empty for the same origin. */
  baseUrl?: string;
  language: () => Language;
  fetch?: typeof fetch;
}

/** A fresh command id. Kept by the caller across repetitions of the same command. */
export function newCommandId(): string {
  // randomUUID exists in secure contexts only; a county office may well open the desk over plain http.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6]! & 0x0f) | 0x40;
  b[8] = (b[8]! & 0x3f) | 0x80;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The server's resources as functions. Each throws `ApiProblem` for a refusal and `NoAnswer` when nothing came back. */
export function createClient({ baseUrl = "", language, fetch: send = (...a) => fetch(...a) }: ClientOptions) {
  async function call<T>(method: string, path: string, options: { query?: Query; body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": language() };
    if (method !== "GET") headers["X-PowerWorkflow"] = "1";
    let body: BodyInit | null = null;
    if (options.body instanceof FormData) body = options.body;
    else if (options.body !== undefined) {
      headers["Content-Type"] = "application/json";
      body = JSON.stringify(options.body);
    }
    let response: Response;
    try {
      response = await send(baseUrl + path + search(options.query), {
        method, headers, body, credentials: "same-origin", signal: options.signal ?? null,
      });
    } catch (e) {
      if (options.signal?.aborted) throw e;
      throw new NoAnswer(e);
    }
    // A gateway that lost its server answers for it; whether the command arrived is as unknown as with no answer.
    if (response.status === 502 || response.status === 504) throw new NoAnswer(response.status);
    if (!response.ok) throw await readProblem(response);
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }

  const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>("GET", path, { ...(query && { query }), ...(signal && { signal }) });
  const post = <T>(path: string, body?: unknown) => call<T>("POST", path, { body });
  const id = encodeURIComponent;

  return {
    call,
    session: {
      current: () => get<Me>("/api/session"),
      signIn: (userName: string, password: string) => post<Me>("/api/session", { userName, password }),
      signOut: () => call<void>("DELETE", "/api/session"),
    },
    people: {
      search: (query: { search?: string; role?: string; unit?: string }) => get<{ items: Person[] }>("/api/users", query).then((r) => r.items),
      units: () => get<Unit | Unit[] | { items: Unit[] }>("/api/units").then(listOf),
      roles: () => get<Role[] | { items: Role[] }>("/api/roles").then(listOf),
    },
    definitions: {
      list: () => get<{ items: DefinitionSummary[] }>("/api/definitions").then((r) => r.items),
      one: (definitionId: string, version?: number) => get<Definition>(`/api/definitions/${id(definitionId)}`, { version }),
      form: (process: string, code: string, version?: number) => get<Form>(`/api/forms/${id(process)}/${id(code)}`, { version }),
    },
    cases: {
      list: (query: CaseQuery, signal?: AbortSignal) => get<Page<CaseSummary>>("/api/cases", { ...query }, signal),
      one: (caseId: string) => get<CaseDetail>(`/api/cases/${id(caseId)}`),
      start: (command: StartCase) => post<Started>("/api/cases", command),
      cancel: (caseId: string, command: { reason: string; commandId: string }) => post<CaseSummary>(`/api/cases/${id(caseId)}/cancel`, command),
      journal: (caseId: string, after: number, take = 200) => get<JournalPage>(`/api/cases/${id(caseId)}/journal`, { after, take }),
      retry: (caseId: string, incidentId: string, command: { commandId: string; reason?: string }) =>
        post<unknown>(`/api/cases/${id(caseId)}/incidents/${id(incidentId)}/retry`, command),
      skip: (caseId: string, incidentId: string, command: { commandId: string; outcome?: string; reason: string }) =>
        post<unknown>(`/api/cases/${id(caseId)}/incidents/${id(incidentId)}/skip`, command),
    },
    tasks: {
      list: (query: TaskQuery, signal?: AbortSignal) => get<TaskPage>("/api/tasks", { status: "open", sort: "due", ...query }, signal),
      one: (taskId: string) => get<TaskDetail>(`/api/tasks/${id(taskId)}`),
      saveDraft: (taskId: string, values: CaseData) => call<void>("PUT", `/api/tasks/${id(taskId)}/draft`, { body: { values } }),
      judge: (taskId: string, data: CaseData, signal?: AbortSignal) =>
        call<Judgement>("POST", `/api/tasks/${id(taskId)}/judge`, { body: { data }, ...(signal && { signal }) }),
      claim: (taskId: string, command: { commandId: string }) => post<Task>(`/api/tasks/${id(taskId)}/claim`, command),
      release: (taskId: string, command: { commandId: string }) => post<Task>(`/api/tasks/${id(taskId)}/release`, command),
      delegate: (taskId: string, command: { to: string; reason: string; commandId: string }) => post<Task>(`/api/tasks/${id(taskId)}/delegate`, command),
      complete: (taskId: string, command: CompleteTask) => post<Advanced>(`/api/tasks/${id(taskId)}/complete`, command),
    },
    messages: {
      list: () => get<{ items: Message[] }>("/api/notifications").then((r) => r.items),
      markRead: () => post<void>("/api/notifications/read"),
    },
    files: {
      upload: (file: File, about: { caseId?: string; taskId?: string }) => {
        const form = new FormData();
        form.set("file", file, file.name);
        if (about.caseId) form.set("caseId", about.caseId);
        if (about.taskId) form.set("taskId", about.taskId);
        return post<Attachment>("/api/files", form);
      },
      url: (caseId: string, fileId: string) => `${baseUrl}/api/cases/${id(caseId)}/files/${id(fileId)}`,
    },
  };
}

export type Client = ReturnType<typeof createClient>;

function search(query: Query | undefined): string {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined && value !== null && value !== "") pairs.set(key, String(value));
  const text = pairs.toString();
  return text === "" ? "" : `?${text}`;
}

function listOf<T>(answer: T | T[] | { items: T[] }): T[] {
  if (Array.isArray(answer)) return answer;
  return typeof answer === "object" && answer !== null && "items" in answer ? answer.items : [answer as T];
}

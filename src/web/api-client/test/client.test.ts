import { describe, expect, test } from "vitest";
import { ApiProblem, createClient, newCommandId, NoAnswer } from "../src";

interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: string | null;
}

/** A server that answers with what it is given and remembers what it was asked. */
function answering(status: number, body: unknown, language: "zh-CN" | "en" = "zh-CN") {
  const sent: Sent[] = [];
  const client = createClient({
    language: () => language,
    fetch: async (url, init) => {
      sent.push({ url: String(url), method: init?.method ?? "GET", headers: new Headers(init?.headers), body: typeof init?.body === "string" ? init.body : null });
      return new Response(body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body), { status });
    },
  });
  return { client, sent };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => { throw new Error("It was not refused."); }, (e: unknown) => e);
}

describe("the client", () => {
  test("names itself on every request that changes something and on no other", async () => {
    const { client, sent } = answering(200, { items: [], next: null });

    await client.cases.list({});
    await client.tasks.claim("t1", { commandId: "c" });

    expect(sent.map((s) => s.headers.get("X-PowerWorkflow"))).toEqual([null, "1"]);
  });

  test("asks for the language of the page", async () => {
    const { client, sent } = answering(200, { items: [] }, "en");

    await client.definitions.list();

    expect(sent[0]!.headers.get("Accept-Language")).toBe("en");
  });

  test("leaves filters out that are not set", async () => {
    const { client, sent } = answering(200, { items: [], next: null, counts: {} });

    await client.tasks.list({ scope: "mine", search: "", process: "new-connection" });

    expect(sent[0]!.url).toBe("/api/tasks?status=open&sort=due&scope=mine&process=new-connection");
  });

  test("keeps ids with strange signs inside their place in the address", async () => {
    const { client, sent } = answering(200, {});

    await client.cases.one("a/b?c");

    expect(sent[0]!.url).toBe("/api/cases/a%2Fb%3Fc");
  });

  test("takes an empty answer for done", async () => {
    const { client } = answering(204, undefined);

    await expect(client.tasks.saveDraft("t1", {})).resolves.toBeUndefined();
  });

  test("turns a refusal into a problem with its kind, words and field messages", async () => {
    const { client } = answering(422, { type: "/problems/form-invalid", title: "表单有误", status: 422, detail: "1 处", errors: { "SURVEY.lineLen": ["太长"] } });

    const problem = await failure(client.tasks.complete("t1", { outcome: "ready", data: {}, commandId: "c" }));

    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 422, slug: "form-invalid", title: "表单有误", detail: "1 处", errors: { "SURVEY.lineLen": ["太长"] } });
  });

  test("keeps what else a problem tells, such as where the case went", async () => {
    const { client } = answering(409, { type: "/problems/stale-task", title: "t", status: 409, caseId: "c7", waitingAt: [{ step: "plan" }] });

    const problem = (await failure(client.tasks.one("t1"))) as ApiProblem;

    expect(problem.extra).toMatchObject({ caseId: "c7", waitingAt: [{ step: "plan" }] });
  });

  test("makes a problem even of a page a proxy sent", async () => {
    const { client } = answering(413, "<html>too large</html>");

    expect(await failure(client.people.roles())).toMatchObject({ status: 413, slug: "file-refused", title: "HTTP 413" });
  });

  test("tells no answer from a refusal", async () => {
    const silent = createClient({ language: () => "en", fetch: () => Promise.reject(new TypeError("Failed to fetch")) });

    expect(await failure(silent.session.current())).toBeInstanceOf(NoAnswer);
    expect(await failure(answering(502, "bad gateway").client.session.current())).toBeInstanceOf(NoAnswer);
  });

  test("sends a file as it is, with what it belongs to", async () => {
    let form: FormData | null = null;
    const client = createClient({ language: () => "en", fetch: async (_, init) => { form = init!.body as FormData; return new Response(JSON.stringify({ id: "f1" })); } });

    await client.files.upload(new File(["x"], "现场.jpg", { type: "image/jpeg" }), { taskId: "t1" });

    expect((form!.get("file") as File).name).toBe("现场.jpg");
    expect([form!.get("taskId"), form!.get("caseId")]).toEqual(["t1", null]);
  });
});

test("command ids are uuids and never the same", () => {
  const ids = Array.from({ length: 200 }, newCommandId);

  expect(new Set(ids).size).toBe(200);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

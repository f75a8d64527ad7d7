import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Route, Routes } from "react-router";
import { beforeEach, describe, expect, test } from "vitest";
import { Session } from "../src/session/Session";
import TaskPage from "../src/tasks/TaskPage";
import { Server, show, surveyTask } from "./server";

const moved = {
  id: "c1", number: "GY-1", process: "p", processName: "低压居民新装", version: 1, status: "Running", unit: "u1", unitName: "城东供电所", name: null, customer: "赵建国", priority: 0,
  createdAt: "2026-11-20T00:00:00Z", finishedAt: null, startedBy: "李娜", waitingAt: [{ step: "contract", title: "签订合同", role: "R-CT", roleName: "合同", since: "2026-11-20T00:00:00Z" }],
};
const filled = { LOAD: { applyCap: 8 }, SURVEY: { lineLen: 12, poleWork: false, conclusion: "ready" } };
let server: Server;

beforeEach(() => {
  server = new Server().on("GET", /^\/api\/tasks\/t1$/, { body: { ...surveyTask, values: filled } }).on("PUT", /draft$/, { status: 204 });
});

const open = async () => {
  show(<Session><Routes><Route path="/tasks/:taskId" element={<TaskPage />} /></Routes></Session>, "/tasks/t1");
  await screen.findByRole("heading", { name: "现场勘查" });
};
const decide = async (label: string) => {
  await userEvent.click(screen.getByRole("button", { name: label }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "提交" }));
};

describe("completing a task", () => {
  test("sends the sections the form writes and shows where the case went", async () => {
    server.on("POST", /complete$/, { body: { case: moved, next: [] } });
    await open();

    await decide("具备条件");

    expect(await screen.findByRole("heading", { name: "已办结：现场勘查" })).toBeTruthy();
    expect(screen.getByText("签订合同")).toBeTruthy();
    expect(server.asked("POST", /complete$/)[0]!.body).toMatchObject({ outcome: "ready", data: { SURVEY: filled.SURVEY } });
    expect(Object.keys(server.asked("POST", /complete$/)[0]!.body.data)).toEqual(["SURVEY"]);
  });

  test("with something missing asks the server nothing and names what is missing", async () => {
    server.on("GET", /^\/api\/tasks\/t1$/, { body: surveyTask });
    await open();

    await userEvent.click(screen.getByRole("button", { name: "具备条件" }));

    expect(screen.getByText("有 3 处需要修改")).toBeTruthy();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(server.asked("POST", /complete$/)).toEqual([]);
  });

  test("without an answer is repeated with the same command id, so that it cannot happen twice", async () => {
    let asked = 0;
    server.on("POST", /complete$/, () => (++asked < 5 ? "silence" : { body: { case: moved, next: [] } }));
    await open();

    await decide("具备条件");
    await within(screen.getByRole("dialog")).findByText("服务器没有应答");
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "提交" }));
    await screen.findByRole("heading", { name: "已办结：现场勘查" });

    const ids = server.asked("POST", /complete$/).map((r) => r.body.commandId as string);
    expect(ids.length).toBe(5);
    expect(new Set(ids).size).toBe(1);
  });

  test("refused for a field puts the server's words at that field and keeps the input", async () => {
    server.on("POST", /complete$/, { status: 422, body: { type: "/problems/form-invalid", title: "表单有误", status: 422, detail: "1 处", errors: { "SURVEY.lineLen": ["与方案不符。"] } } });
    await open();

    await decide("具备条件");

    expect((await screen.findAllByText(/与方案不符。/)).length).toBeGreaterThanOrEqual(1);
    expect(screen.getByLabelText("外线长度")).toHaveProperty("value", "12");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("too late says where the case went and keeps the input in sight", async () => {
    server.on("POST", /complete$/, { status: 409, body: { type: "/problems/stale-task", title: "任务已关闭", status: 409, detail: "已由王磊完成。", caseId: "c1", waitingAt: moved.waitingAt } });
    await open();

    await decide("具备条件");

    expect(await screen.findByText("任务已关闭")).toBeTruthy();
    expect(screen.getByText(/签订合同/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "查看工单" }).getAttribute("href")).toBe("/cases/c1");
    expect(screen.queryByRole("button", { name: "具备条件" })).toBeNull();
  });

  test("as one of two persons says that another signature is needed", async () => {
    const signed = { ...surveyTask, form: "survey", persons: 2, signedBy: [{ id: "li-na", name: "李娜", at: "2026-11-20T00:00:00Z" }] };
    server.on("POST", /complete$/, { body: { case: moved, task: signed, next: [] } });
    await open();

    await decide("具备条件");

    expect(await screen.findByRole("heading", { name: "您已签认" })).toBeTruthy();
    expect(screen.getByText("还需 1 人签认")).toBeTruthy();
  });
});

test("sending back needs a reason but no finished form", async () => {
  server.on("GET", /^\/api\/tasks\/t1$/, { body: surveyTask }).on("POST", /complete$/, { body: { case: moved, next: [] } });
  await open();

  await userEvent.click(screen.getByRole("button", { name: /退回/ }));
  await userEvent.click(await screen.findByText("申请受理"));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByRole("button", { name: "退回" })).toHaveProperty("disabled", true);
  await userEvent.type(dialog.getByLabelText("原因"), "资料不全");
  await userEvent.click(dialog.getByRole("button", { name: "退回" }));

  await waitFor(() => expect(server.asked("POST", /complete$/)[0]?.body).toMatchObject({ returnTo: "accept", comment: "资料不全" }));
});

test("an outcome the judge does not permit is closed, with the reason beside it", async () => {
  server.on("GET", /^\/api\/tasks\/t1$/, { body: { ...surveyTask, values: filled, permitted: ["stop"] } }).on("POST", /judge$/, { body: { permitted: ["stop"], reasons: [{ code: "C01", message: "接地电阻超限。" }], derived: {} } });
  await open();

  expect(await screen.findByText(/接地电阻超限。/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "具备条件" })).toHaveProperty("disabled", true);
  expect(screen.getByRole("button", { name: "不具备" })).toHaveProperty("disabled", false);
});

test("a task that is over before it is opened leads on to its case", async () => {
  server.on("GET", /^\/api\/tasks\/t1$/, { status: 409, body: { type: "/problems/stale-task", title: "任务已关闭", status: 409, caseId: "c1", waitingAt: [] } });
  show(<Session><Routes><Route path="/tasks/:taskId" element={<TaskPage />} /></Routes></Session>, "/tasks/t1");

  expect(await screen.findByText("任务已关闭")).toBeTruthy();
});

test("whoever is not signed in is asked to, at the same address", async () => {
  server.on("GET", /^\/api\/session$/, { status: 401, body: { type: "/problems/not-signed-in", title: "未登录", status: 401 } });
  show(<Session><p>inside</p></Session>, "/tasks/t1");

  expect(await screen.findByRole("heading", { name: "登录" })).toBeTruthy();
  expect(screen.queryByText("inside")).toBeNull();
});

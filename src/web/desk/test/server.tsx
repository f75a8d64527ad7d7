import type { Me, TaskDetail } from "@powerworkflow/api-client";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import { App as AntdApp, ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { vi } from "vitest";
import { createQueries } from "../src/app/api";

export interface Request {
  method: string;
  path: string;
  body: any;
}

type Answer = { status?: number; body?: unknown } | "silence";

/** The HTTP interface as a table of answers, and a record of what was asked. */
export class Server {
  readonly requests: Request[] = [];
  private readonly routes: { method: string; path: RegExp; answer: (request: Request) => Answer }[] = [];

  constructor() {
    vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
      const method = init?.method ?? "GET";
      const path = String(url);
      const request = { method, path, body: typeof init?.body === "string" ? JSON.parse(init.body) : init?.body };
      this.requests.push(request);
      const route = this.routes.findLast((r) => r.method === method && r.path.test(path));
      const answer = route?.answer(request) ?? { status: 404, body: { type: "/problems/not-found", title: `no answer for ${method} ${path}`, status: 404 } };
      if (answer === "silence") throw new TypeError("Failed to fetch");
      return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status ?? 200 });
    });
    this.on("GET", /^\/api\/session$/, { body: me });
    this.on("GET", /^\/api\/users/, { body: { items: [{ id: "li-na", name: "李娜", roles: [], unit: null }, { id: "wang-lei", name: "王磊", roles: [], unit: null }] } });
    this.on("GET", /^\/api\/definitions\//, { body: { definitionId: "p", name: "p", version: 1, versionId: "v", document: { root: { id: "r", type: "Elsa.Flowchart", activities: [] } } } });
  }

  on(method: string, path: RegExp, answer: Answer | ((request: Request) => Answer)) {
    this.routes.push({ method, path, answer: typeof answer === "function" ? answer : () => answer });
    return this;
  }

  asked(method: string, path: RegExp) {
    return this.requests.filter((r) => r.method === method && path.test(r.path));
  }
}

export const me: Me = {
  personId: "li-na", name: "李娜", userName: "li-na", language: "zh-CN", units: ["u1"],
  roles: [{ role: "R-SV", roleName: "勘查人员", unit: "u1", unitName: "城东供电所" }],
  permissions: { startProcesses: [], processOwner: false, auditor: false, leader: false },
};

/** A page inside everything a page expects around it. */
export function show(page: ReactNode, at = "/") {
  const queries = createQueries();
  queries.setDefaultOptions({ queries: { ...queries.getDefaultOptions().queries, retryDelay: 1 }, mutations: { ...queries.getDefaultOptions().mutations, retryDelay: 1 } });
  return render(
    <ConfigProvider theme={{ token: { motion: false } }} button={{ autoInsertSpace: false }}>
      <AntdApp>
        <QueryClientProvider client={queries}>
          <MemoryRouter initialEntries={[at]}>{page}</MemoryRouter>
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>,
  );
}

export const surveyForm: NonNullable<TaskDetail["form"]> = {
  code: "survey", version: 1, title: { "zh-CN": "现场勘查", en: "Site survey" }, reads: ["LOAD"], writes: ["SURVEY"],
  schema: {
    type: "object", required: ["SURVEY"],
    properties: {
      SURVEY: {
        type: "object", additionalProperties: false, required: ["lineLen", "poleWork", "conclusion"],
        properties: {
          lineLen: { type: "number", minimum: 0, maximum: 5000, "x-unit": "m" },
          poleWork: { type: "boolean" },
          conclusion: { type: "string", enum: ["ready", "restricted"], "x-enumLabels": { "zh-CN": { ready: "具备", restricted: "受限" }, en: { ready: "ready", restricted: "restricted" } } },
          restrict: { type: "object", required: ["reason", "published"], properties: { reason: { type: "string", minLength: 5 }, published: { type: "boolean", const: true } } },
          points: { type: "array", items: { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 2 } } } },
          overall: { type: "string", enum: ["pass", "fail"], readOnly: true },
        },
        allOf: [{ if: { properties: { conclusion: { const: "restricted" } }, required: ["conclusion"] }, then: { required: ["restrict"] } }],
      },
    },
  },
  labels: {
    "zh-CN": { SURVEY: "勘查", "SURVEY.lineLen": "外线长度", "SURVEY.poleWork": "需登杆作业", "SURVEY.conclusion": "勘查结论", "SURVEY.restrict": "受限原因", "SURVEY.restrict.reason": "原因", "SURVEY.restrict.published": "已公示", "SURVEY.points": "电源点", "SURVEY.points.name": "名称" },
    en: { SURVEY: "Survey", "SURVEY.lineLen": "Line length", "SURVEY.poleWork": "Pole work", "SURVEY.conclusion": "Conclusion" },
  },
};

export const surveyTask: TaskDetail = {
  id: "t1", caseId: "c1", caseNumber: "GY-1", process: "p", processName: "低压居民新装", step: "survey", title: "现场勘查", customer: "赵建国", role: "R-SV", roleName: "勘查人员",
  unit: "u1", unitName: "城东供电所", claimedBy: { id: "li-na", name: "李娜" }, createdAt: "2026-11-20T00:00:00Z", dueAt: null, late: "none", priority: 0,
  outcomes: [{ code: "ready", label: "具备条件" }, { code: "stop", label: "不具备" }], returnTargets: [{ id: "accept", label: "申请受理" }], persons: 1, signedBy: [], evidence: [], allowDelegate: true,
  canClaim: false, canComplete: true, form: surveyForm, values: { LOAD: { applyCap: 8 }, SURVEY: {} }, draft: null, permitted: null,
};

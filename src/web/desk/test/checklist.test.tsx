import type { ChecklistItem } from "@powerworkflow/api-client";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { useState } from "react";
import { beforeEach, describe, expect, test } from "vitest";
import { judgeValue, limitsOf, limitText, tally, type ItemResult } from "../src/forms/checklist";
import { DataForm } from "../src/forms/DataForm";
import { problemsOf } from "../src/forms/problems";
import { prepareForm } from "../src/forms/schema";
import { Server, show } from "./server";

const item = (code: string, more: Partial<ChecklistItem>): ChecklistItem =>
  ({ code, group: { code: "C", "zh-CN": "C 接地", en: "C Earthing" }, item: { "zh-CN": `项目 ${code}`, en: `Item ${code}` }, criterion: { "zh-CN": "应合格", en: "must pass" }, kind: "bool", unit: "", lo: null, hi: null, severity: "G", ...more });
const items = [item("C01", { kind: "num", unit: "Ω", hi: 4, severity: "C" }), item("C02", {}), item("C03", { kind: "num", unit: "A", lo: { ref: "PLAN.minCurrent" } })];
const form = {
  code: "inspect", version: 1, title: { "zh-CN": "检验", en: "Inspection" }, reads: ["PLAN"], writes: ["INSP#"], labels: { "zh-CN": { INSP: "检验", "INSP.items": "检查项" }, en: {} },
  schema: { type: "object", properties: { INSP: { type: "object", properties: { items: { type: "array", items: { type: "object", properties: { code: { type: "string" } } }, "x-widget": "checklist", "x-checklist": "earth" } } } } },
  checklists: { earth: { code: "earth", items } },
};

describe("a measured value against its limits", () => {
  test.each([
    [4, { lo: null, hi: 4 }, "pass"], [4.01, { lo: null, hi: 4 }, "fail"], [0.95, { lo: 0.95, hi: null }, "pass"], [0.9, { lo: 0.95, hi: null }, "fail"],
    [5, { lo: 1, hi: 9 }, "pass"], [0, { lo: 1, hi: 9 }, "fail"], ["4", { lo: null, hi: 4 }, null], [undefined, { lo: 1, hi: 9 }, null], [7, { lo: null, hi: null }, null],
  ] as const)("%s within %o is %s", (value, limits, verdict) => {
    expect(judgeValue(value, limits)).toBe(verdict);
  });

  test("a limit that stands in the case's data is looked up there", () => {
    expect(limitsOf(items[2]!, { PLAN: { minCurrent: 6 } })).toEqual({ lo: 6, hi: null });
    expect(limitsOf(items[2]!, {})).toEqual({ lo: null, hi: null });
  });

  test("limits read as on the sheet", () => {
    expect([limitText({ lo: null, hi: 4 }, "Ω"), limitText({ lo: 1, hi: 2 }, "A"), limitText({ lo: 3, hi: null }, ""), limitText({ lo: null, hi: null }, "A")]).toEqual(["≤ 4 Ω", "1 – 2 A", "≥ 3", null]);
  });
});

test("a tally counts answered, failed and critical items", () => {
  const results = new Map<string, ItemResult>([["C01", { code: "C01", result: "fail" }], ["C02", { code: "C02", result: "unchecked" }]]);

  expect(tally(items, results)).toEqual({ total: 3, answered: 1, failed: 1, critical: 1 });
});

describe("the sheet on the screen", () => {
  let data: Record<string, any> = {};
  function Sheet() {
    const [values, setValues] = useState<Record<string, unknown>>({ INSP: {}, PLAN: { minCurrent: 6 } });
    const prepared = prepareForm(form, "zh-CN");
    return <DataForm form={form} prepared={prepared} values={values} attempted={false} problems={problemsOf(prepared, values, i18next.t)} onChange={(next) => { setValues(next); data = next; }} />;
  }
  const row = (code: string) => within(document.querySelector<HTMLElement>(`[data-item="${code}"]`)!);
  beforeEach(() => { new Server(); data = {}; show(<Sheet />); });

  test("judges a figure while it is entered, in words", async () => {
    await userEvent.type(row("C01").getByLabelText("C01 实测值"), "4.5");
    expect(row("C01").getByText("超出限值，不合格")).toBeTruthy();

    await userEvent.clear(row("C01").getByLabelText("C01 实测值"));
    await userEvent.type(row("C01").getByLabelText("C01 实测值"), "3.2");

    expect(row("C01").getByText("在限值内，合格")).toBeTruthy();
    expect(data["INSP"].items).toEqual([{ code: "C01", value: 3.2, unit: "Ω", result: "pass" }]);
  });

  test("does not let a measured item be called good by hand", () => {
    expect(row("C01").queryByText("合格")).toBeNull();
    expect(row("C01").getByLabelText("不适用")).toBeTruthy();
  });

  test("asks why an item does not apply", async () => {
    await userEvent.click(row("C02").getByLabelText("不适用"));
    await userEvent.type(row("C02").getByLabelText("不适用的理由"), "无此设备");

    expect(data["INSP"].items).toEqual([{ code: "C02", result: "na", naReason: "无此设备" }]);
  });

  test("offers note and photo where something failed", async () => {
    await userEvent.click(row("C02").getByLabelText("不合格"));

    expect(row("C02").getByLabelText("情况说明（必填）")).toBeTruthy();
    expect(row("C02").getByRole("button", { name: /拍照/ })).toBeTruthy();
    expect(screen.getByText("不合格 1 项，其中关键 0 项")).toBeTruthy();
  });

  test("shows what is still open", async () => {
    await userEvent.click(row("C02").getByLabelText("合格"));
    await userEvent.click(screen.getByText("未检"));

    expect(document.querySelector('[data-item="C02"]')).toBeNull();
    expect(document.querySelector('[data-item="C01"]')).not.toBeNull();
  });
});

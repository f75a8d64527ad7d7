import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DataForm } from "../src/forms/DataForm";
import { fromServer, problemsOf, type FieldProblem } from "../src/forms/problems";
import { answered, prepareForm, withDefaults, withoutBlanks, type Schema } from "../src/forms/schema";
import { Server, show, surveyForm } from "./server";

const t = i18next.t;
const prepared = prepareForm(surveyForm, "zh-CN");
const said = (data: Record<string, unknown>) => Object.fromEntries(problemsOf(prepared, { SURVEY: data }, t).map((p) => [p.path, p.message]));

function Filled({ attempted = false, start = {}, extra = [], onData }: { attempted?: boolean; start?: Record<string, unknown>; extra?: FieldProblem[]; onData?: (data: Record<string, unknown>) => void }) {
  const [values, setValues] = useState<Record<string, unknown>>({ SURVEY: start });
  return (
    <DataForm form={surveyForm} prepared={prepared} values={values} attempted={attempted} problems={[...extra, ...problemsOf(prepared, values, t)]}
      onChange={(next) => { setValues(next); onData?.(next); }} />
  );
}

beforeEach(() => { new Server(); });
afterEach(() => i18next.changeLanguage("zh-CN"));

describe("what is wrong with an entry is said in words", () => {
  test("everything missing is named", () => {
    expect(said({})).toEqual({ "SURVEY.lineLen": "请填写。", "SURVEY.poleWork": "请填写。", "SURVEY.conclusion": "请填写。" });
  });

  test("a figure outside its limits is told the limit with its unit", () => {
    expect(said({ lineLen: 6000, poleWork: false, conclusion: "ready" })).toEqual({ "SURVEY.lineLen": "不能大于 5000 m。" });
  });

  test("letters where a figure belongs are told so", () => {
    expect(said({ lineLen: "abc", poleWork: false, conclusion: "ready" })).toEqual({ "SURVEY.lineLen": "请填写数字。" });
  });

  test("a condition asks for its group at the fields one has to fill in", () => {
    expect(said({ lineLen: 1, poleWork: false, conclusion: "restricted" })).toEqual({ "SURVEY.restrict.reason": "请填写。", "SURVEY.restrict.published": "请填写。" });
  });

  test("an optional group left blank is not wrong", () => {
    expect(said({ lineLen: 1, poleWork: false, conclusion: "ready", restrict: {}, points: [] })).toEqual({});
  });

  test("an item of a list is told by its place", () => {
    expect(problemsOf(prepared, { SURVEY: { lineLen: 1, poleWork: true, conclusion: "ready", points: [{ name: "甲线" }, { name: "乙" }] } }, t))
      .toMatchObject([{ path: "SURVEY.points[1].name", label: "电源点 第 2 项 · 名称", message: "至少 2 个字。" }]);
  });

  test("what only the system fills in is never missing", () => {
    const form = prepareForm({ ...surveyForm, schema: { type: "object", properties: { SURVEY: { type: "object", required: ["overall"], properties: { overall: { type: "string", readOnly: true } } } } } }, "zh-CN");

    expect(problemsOf(form, { SURVEY: {} }, t)).toEqual([]);
  });

  test("a message of the server finds its field, also in a later round of a section", () => {
    expect(fromServer(prepared, { "SURVEY#2.points.1.name": ["名称与台账不符。"] }, t)).toMatchObject([{ path: "SURVEY.points[1].name", message: "名称与台账不符。" }]);
  });

  test("both languages say it", async () => {
    await i18next.changeLanguage("en");

    expect(said({ lineLen: -1, poleWork: false, conclusion: "ready" })).toEqual({ "SURVEY.lineLen": "Must be at least 0 m." });
  });
});

describe("the form on the screen", () => {
  test("shows labels, choices and units in the reader's language", () => {
    show(<Filled />);

    expect(screen.getByRole("heading", { name: "勘查" })).toBeTruthy();
    expect(screen.getByLabelText("外线长度")).toBeTruthy();
    expect(screen.getByText("m")).toBeTruthy();
    expect(screen.getByText("0 – 5000 m")).toBeTruthy();
    expect(screen.getByLabelText("受限")).toBeTruthy();
  });

  test("answers no question by itself", () => {
    let data: unknown = null;
    show(<Filled onData={(d) => (data = d)} />);

    const question = within(screen.getByRole("group", { name: /需登杆作业/ }));
    expect(question.getByLabelText("是")).toHaveProperty("checked", false);
    expect(question.getByLabelText("否")).toHaveProperty("checked", false);
    expect(data).toBeNull();
  });

  test("keeps a figure as a figure and a no as a no", async () => {
    let data: Record<string, unknown> = {};
    show(<Filled onData={(d) => (data = d)} />);

    await userEvent.type(screen.getByLabelText("外线长度"), "12.5");
    await userEvent.click(within(screen.getByRole("group", { name: /需登杆作业/ })).getByLabelText("否"));

    expect(withoutBlanks(data)).toEqual({ SURVEY: { lineLen: 12.5, poleWork: false } });
  });

  test("says what is missing only after the person tried to finish", () => {
    const first = show(<Filled />);
    expect(screen.queryByText("请填写。")).toBeNull();
    first.unmount();

    show(<Filled attempted />);
    expect(screen.getAllByText("请填写。")).toHaveLength(3);
  });

  test("says what is wrong as soon as the field is left", async () => {
    show(<Filled />);

    await userEvent.type(screen.getByLabelText("外线长度"), "99999");
    expect(screen.queryByText("不能大于 5000 m。")).toBeNull();
    fireEvent.blur(screen.getByLabelText("外线长度"));

    expect(screen.getByText("不能大于 5000 m。")).toBeTruthy();
    expect(screen.getByLabelText("外线长度").getAttribute("aria-invalid")).toBe("true");
  });

  test("opens a group when a choice makes it needed", async () => {
    show(<Filled />);
    expect(screen.queryByLabelText("原因")).toBeNull();

    await userEvent.click(screen.getByLabelText("受限"));

    expect(screen.getByLabelText("原因")).toBeTruthy();
  });

  test("adds an item to a list and takes it away again", async () => {
    let data: Record<string, unknown> = {};
    show(<Filled onData={(d) => (data = d)} />);

    await userEvent.click(screen.getByRole("button", { name: /添加电源点/ }));
    await userEvent.type(screen.getByLabelText("名称"), "甲线");
    expect(withoutBlanks(data)).toEqual({ SURVEY: { points: [{ name: "甲线" }] } });
    await userEvent.click(screen.getByRole("button", { name: "删除第 1 项" }));

    expect(withoutBlanks(data)).toEqual({});
  });
});

test("declared defaults are laid in where nothing was entered", () => {
  const schema: Schema = { type: "object", properties: { CASE: { type: "object", properties: { priority: { type: "string", default: "普通" }, channel: { type: "string" } } } } };

  expect(withDefaults(schema, { CASE: { channel: "窗口" } })).toEqual({ CASE: { channel: "窗口", priority: "普通" } });
  expect(withDefaults(schema, { CASE: { priority: "应急" } })).toEqual({ CASE: { priority: "应急" } });
});

test("an empty list is an answer where a list is demanded", () => {
  const schema: Schema = { type: "object", properties: { CHECK: { type: "object", required: ["missing", "photos"], properties: { missing: { type: "array" }, photos: { type: "array", minItems: 1 }, note: { type: "string" } } } } };

  expect(answered(schema, { CHECK: { note: "齐全" } })).toEqual({ CHECK: { note: "齐全", missing: [] } });
  expect(answered(schema, { CHECK: { note: "" } })).toEqual({});
});

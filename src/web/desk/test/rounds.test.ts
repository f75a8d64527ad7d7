import type { Form } from "@powerworkflow/api-client";
import { describe, expect, test } from "vitest";
import { enteredLimit, itemsOf, judgeValue, limitsOf } from "../src/forms/checklist";
import { keysOf, lookAgain, shown, stored } from "../src/tasks/rounds";

const form = { code: "inspect", version: 1, title: { "zh-CN": "", en: "" }, reads: [], writes: ["INSP#", "NOTE"], schema: {}, labels: {} } satisfies Form;
const keys = (values: Record<string, unknown>) => keysOf(form, ["INSP", "NOTE"], values);

describe("a section with rounds", () => {
  test("is stored under its plain name in the first round", () => {
    expect([...keys({ INSP: null })]).toEqual([["INSP", "INSP"], ["NOTE", "NOTE"]]);
  });

  test("is stored under the running round's name later", () => {
    expect(keys({ INSP: { overall: "fail" }, "INSP#2": { overall: "fail" }, "INSP#3": null }).get("INSP")).toBe("INSP#3");
  });

  test("is shown to the form under the form's own name, and goes back under the stored one", () => {
    const now = keys({ INSP: { kind: "竣工检验" }, "INSP#2": { kind: "复验" } });

    expect(shown(now, { "INSP#2": { kind: "复验" } })).toEqual({ INSP: { kind: "复验" }, NOTE: {} });
    expect(stored(now, { INSP: { kind: "复验" } })).toEqual({ "INSP#2": { kind: "复验" }, NOTE: {} });
  });

  test("counts rounds as numbers, not as text", () => {
    expect(keys({ INSP: {}, "INSP#2": {}, "INSP#10": null, "INSP#9": {} }).get("INSP")).toBe("INSP#10");
  });
});

describe("a re-inspection", () => {
  const values = { INSP: { toReinspect: ["A01", "C05"] }, FIX: { affected: ["D04"] }, "INSP#2": null };

  test("looks at what failed, was drawn, or was touched by the rectification", () => {
    expect([...lookAgain(keys(values), values)!]).toEqual(["A01", "C05", "D04"]);
  });

  test("of the first round looks at everything", () => {
    expect(lookAgain(keys({ INSP: {} }), { INSP: {} })).toBeNull();
  });
});

describe("the items of a checklist", () => {
  const base = { group: "", item: {}, criterion: "", kind: "num", severity: "C" as const };

  test("leave out what is judged at the gates before energising", () => {
    const items = [{ ...base, code: "A01" }, { ...base, code: "A10", judgedAt: "energising" }];

    expect(itemsOf({ code: "x", items }, null).map((i) => i.code)).toEqual(["A01"]);
  });

  test("take the maker's limit from beside the value", () => {
    const item = { ...base, code: "D04", hi: { ref: "item.limit" } };

    expect(enteredLimit(item)).toBe("hi");
    expect(judgeValue(45, limitsOf(item, {}, { code: "D04", limit: 40 }))).toBe("fail");
    expect(judgeValue(45, limitsOf(item, {}, { code: "D04" }))).toBeNull();
  });

  test("have stricter limits where the case is larger", () => {
    const item = { ...base, code: "E02", hi: 4, variants: [{ ref: "PLAN.largestTransformer", above: 1600, hi: 2 }] };

    expect(limitsOf(item, { PLAN: { largestTransformer: 1600 } }).hi).toBe(4);
    expect(limitsOf(item, { PLAN: { largestTransformer: 2000 } }).hi).toBe(2);
  });
});

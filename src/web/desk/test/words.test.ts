import i18next from "i18next";
import { afterEach, describe, expect, test } from "vitest";
import { remainingWords } from "../src/cases/remaining";
import { dueWords, instantOf, localOf } from "../src/time/words";

const t = i18next.t;
const now = new Date("2026-11-20T08:00:00Z");
afterEach(() => i18next.changeLanguage("zh-CN"));

describe("a due time in words", () => {
  test.each([
    ["2026-11-20T08:25:00Z", "none", "ok", "剩 25 分钟"],
    ["2026-11-20T10:30:00Z", "soon", "soon", "临期，剩 2 小时"],
    ["2026-11-21T12:00:00Z", "none", "ok", "剩 1 天 4 小时"],
    ["2026-11-27T12:00:00Z", "none", "ok", "剩 7 天"],
    ["2026-11-20T05:00:00Z", "late", "late", "超期 3 小时"],
    [null, "none", "none", "无时限"],
  ] as const)("%s (%s) is %s: %s", (dueAt, late, level, words) => {
    expect(dueWords(dueAt, late, now, t)).toEqual({ level, words });
  });

  test("becomes late by itself while the page stands open", () => {
    expect(dueWords("2026-11-20T07:59:00Z", "soon", now, t).level).toBe("late");
  });

  test("reads in English", async () => {
    await i18next.changeLanguage("en");

    expect(dueWords("2026-11-20T09:00:00Z", "none", now, t).words).toBe("1 hour left");
  });
});

test("a local entry is statutory time whatever zone the browser is in", () => {
  expect(instantOf("2026-11-20T09:30")).toBe("2026-11-20T09:30:00+08:00");
  expect(localOf("2026-11-20T01:30:00Z")).toBe("2026-11-20T09:30");
});

test("what is left of a clock reads in its own unit", () => {
  expect([remainingWords("3 WD", t), remainingWords("PT5H30M", t), remainingWords("P2DT3H", t)]).toEqual(["3 个工作日", "5 小时", "2 天 3 小时"]);
});

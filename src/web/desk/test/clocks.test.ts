import type { Clock, JournalItem } from "@powerworkflow/api-client";
import { describe, expect, test } from "vitest";
import { recordOf } from "../src/cases/clockRecord";
import { pauseStops } from "../src/cases/shared";
import { lightOf } from "../src/deadlines/Deadlines";

const clock = (code: string, startedAt: string): Clock => ({ code, item: null, startedAt, dueAt: null, provisional: false, state: "Running", pausedBy: null, remaining: null });
let sequence = 0;
const entry = (kind: string, detail: object): JournalItem =>
  ({ sequence: ++sequence, kind, at: "2026-11-20T00:00:00Z", actor: null, actorName: null, onBehalfOf: null, activity: null, activityTitle: null, detail, hash: "" });
const at = (day: number) => `2026-11-${String(day).padStart(2, "0")}T09:00:00+08:00`;

describe("a clock's stretches read from the journal", () => {
  const journal = [
    entry("ClockStarted", { clock: "SUPPLIER", at: at(2), limit: 10, kind: "WD", policy: "P@1/X" }),
    entry("ClockStarted", { clock: "WHOLE", at: at(2) }),
    entry("ClockPaused", { code: "P01", at: at(5) }),
    entry("ClockResumed", { code: "P01", at: at(12) }),
    entry("ClockStopped", { clock: "SUPPLIER", at: at(20), fact: "DELIVERED" }),
  ];

  test("run, stand still and run again until the stop", () => {
    expect(recordOf(clock("SUPPLIER", at(2)), journal, pauseStops)).toEqual({
      stoppedAt: at(20), fact: "DELIVERED", policy: "P@1/X", limit: 10, kind: "WD",
      intervals: [{ kind: "running", from: at(2), to: at(5) }, { kind: "paused", pauseCode: "P01", from: at(5), to: at(12) }, { kind: "running", from: at(12), to: at(20) }],
    });
  });

  test("are not interrupted by a pause that does not stop this clock", () => {
    expect(recordOf(clock("WHOLE", at(2)), journal, pauseStops)?.intervals).toEqual([{ kind: "running", from: at(2), to: null }]);
  });

  test("unite pauses that overlap", () => {
    const overlapping = [entry("ClockStarted", { clock: "SUPPLIER", at: at(2) }), entry("ClockPaused", { code: "P02", at: at(3) }), entry("ClockPaused", { code: "P09", at: at(4) }), entry("ClockResumed", { code: "P09", at: at(5) }), entry("ClockResumed", { code: "P02", at: at(8) })];

    expect(recordOf(clock("SUPPLIER", at(2)), overlapping, pauseStops)?.intervals.filter((i) => i.kind === "running"))
      .toEqual([{ kind: "running", from: at(2), to: at(3) }, { kind: "running", from: at(8), to: null }]);
  });

  test("leave out a pause of before the start", () => {
    const earlier = [entry("ClockPaused", { code: "P04", at: at(1) }), entry("ClockResumed", { code: "P04", at: at(3) }), entry("ClockStarted", { clock: "SUPPLIER", at: at(4) })];

    expect(recordOf(clock("SUPPLIER", at(4)), earlier, pauseStops)?.intervals).toEqual([{ kind: "running", from: at(4), to: null }]);
  });

  test("still stand while a pause is open", () => {
    const open = [entry("ClockStarted", { clock: "SUPPLIER", at: at(2) }), entry("ClockPaused", { code: "P04", at: at(3) })];

    expect(recordOf(clock("SUPPLIER", at(2)), open, pauseStops)?.intervals.at(-1)).toEqual({ kind: "paused", pauseCode: "P04", from: at(3), to: null });
  });

  test("keep two rounds of the same clock apart", () => {
    const rounds = [entry("ClockStarted", { clock: "STAGE:A", at: at(2) }), entry("ClockStopped", { clock: "STAGE:A", at: at(3) }), entry("ClockStarted", { clock: "STAGE:A", at: at(6) })];

    expect(recordOf(clock("STAGE:A", at(2)), rounds, pauseStops)?.stoppedAt).toBe(at(3));
    expect(recordOf(clock("STAGE:A", at(6)), rounds, pauseStops)?.stoppedAt).toBeNull();
  });
});

describe("the light a task stands under", () => {
  const now = new Date("2026-11-20T08:00:00Z");
  test.each([
    ["2026-11-20T07:00:00Z", "none", "overdue"], ["2026-11-20T15:00:00Z", "soon", "today"], ["2026-11-20T17:00:00Z", "soon", "soon"],
    ["2026-11-25T08:00:00Z", "none", "week"], ["2026-12-25T08:00:00Z", "none", "later"], [null, "none", "unlimited"],
  ] as const)("due %s (%s) is %s", (dueAt, late, light) => {
    expect(lightOf({ dueAt, late }, now)).toBe(light);
  });
});

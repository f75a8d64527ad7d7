import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readLocal, useDraft } from "../src/tasks/drafts";
import { Server } from "./server";

let server: Server;
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-20T08:00:00Z") });
  server = new Server().on("PUT", /draft$/, { status: 204 });
});
afterEach(() => vi.useRealTimers());

const open = (fromServer = {}, savedAt: string | null = null, person = "li-na") => renderHook(() => useDraft(person, "t1", fromServer, savedAt));
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const saves = () => server.asked("PUT", /^\/api\/tasks\/t1\/draft$/).map((r) => r.body.values);

describe("what is typed", () => {
  test("is in this browser with the keystroke itself", () => {
    const { result } = open();

    act(() => result.current.change({ SURVEY: { lineLen: 1 } }));

    expect(readLocal("li-na", "t1")?.values).toEqual({ SURVEY: { lineLen: 1 } });
  });

  test("is on the server once the typing rests, and then no longer needed here", async () => {
    const { result } = open();

    act(() => result.current.change({ SURVEY: { lineLen: 1 } }));
    act(() => result.current.change({ SURVEY: { lineLen: 12 } }));
    expect(saves()).toEqual([]);
    await pass(1500);

    expect(saves()).toEqual([{ SURVEY: { lineLen: 12 } }]);
    expect(result.current.state).toBe("saved");
    expect(readLocal("li-na", "t1")).toBeNull();
  });

  test("survives a page that was closed before the server had it", () => {
    const first = open();
    server.on("PUT", /draft$/, "silence");
    act(() => first.result.current.change({ SURVEY: { lineLen: 12 } }));
    first.unmount();

    const second = open();

    expect(second.result.current.values).toEqual({ SURVEY: { lineLen: 12 } });
    expect(second.result.current.recovered).toBe(true);
  });

  test("stays here while the server does not answer, says so, and goes when the line is back", async () => {
    server.on("PUT", /draft$/, "silence");
    const { result } = open();
    act(() => result.current.change({ SURVEY: { lineLen: 12 } }));
    await pass(1500);
    expect(result.current.state).toBe("local");
    expect(readLocal("li-na", "t1")?.values).toEqual({ SURVEY: { lineLen: 12 } });

    server.on("PUT", /draft$/, { status: 204 });
    await act(async () => { window.dispatchEvent(new Event("online")); await vi.advanceTimersByTimeAsync(10); });

    expect(result.current.state).toBe("saved");
    expect(readLocal("li-na", "t1")).toBeNull();
  });

  test("is sent again by itself even when nobody tells the browser that it is online", async () => {
    server.on("PUT", /draft$/, "silence");
    const { result } = open();
    act(() => result.current.change({ SURVEY: { lineLen: 12 } }));
    await pass(1500);

    server.on("PUT", /draft$/, { status: 204 });
    await pass(16_000);

    expect(result.current.state).toBe("saved");
  });

  test("does not overwrite a newer draft another device saved", () => {
    localStorage.setItem("pw-draft:li-na:t1", JSON.stringify({ values: { SURVEY: { lineLen: 1 } }, savedAt: "2026-11-20T07:00:00.000Z" }));

    const { result } = open({ SURVEY: { lineLen: 99 } }, "2026-11-20T07:30:00.000Z");

    expect(result.current.values).toEqual({ SURVEY: { lineLen: 99 } });
  });

  test("belongs to the person who typed it", () => {
    localStorage.setItem("pw-draft:wang-lei:t1", JSON.stringify({ values: { SURVEY: { lineLen: 1 } }, savedAt: "2026-11-20T07:59:00.000Z" }));

    expect(open().result.current.values).toEqual({});
  });

  test("is not saved over by an answer to an older save", async () => {
    const { result } = open();
    act(() => result.current.change({ SURVEY: { lineLen: 1 } }));
    server.on("PUT", /draft$/, () => {
      act(() => result.current.change({ SURVEY: { lineLen: 2 } }));
      return { status: 204 };
    });
    await pass(1250);

    expect(readLocal("li-na", "t1")?.values).toEqual({ SURVEY: { lineLen: 2 } });
  });

  test("tells the person when this browser has no room for it", () => {
    const { result } = open();
    const full = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => { throw new DOMException("full", "QuotaExceededError"); });

    act(() => result.current.change({ SURVEY: { lineLen: 1 } }));

    expect(result.current.state).toBe("unkept");
    full.mockRestore();
  });

  test("is gone from this browser once the task is completed", async () => {
    const { result } = open();
    act(() => result.current.change({ SURVEY: { lineLen: 1 } }));
    act(() => result.current.close());
    await pass(20_000);

    expect(readLocal("li-na", "t1")).toBeNull();
    expect(saves()).toEqual([]);
  });
});

import type { DrawnActivity } from "@powerworkflow/api-client";
import { describe, expect, test } from "vitest";
import { endsOf, layOut } from "../src/cases/drawing/geometry";

const box = (id: string, x: number, y: number): DrawnActivity => ({ id, type: "PowerWorkflow.UserTask", metadata: { displayText: id, designer: { position: { x, y }, size: { width: 200, height: 54 } } } });
const chart = (activities: DrawnActivity[], connections: DrawnActivity["connections"]): DrawnActivity => ({ id: "root", type: "Elsa.Flowchart", activities, connections: connections ?? [] });

describe("the drawing of a process", () => {
  test("reads both shapes of a connection", () => {
    expect(endsOf({ source: { activity: "a", port: "ok" }, target: { activity: "b", port: "In" } })).toEqual({ from: "a", to: "b", port: "ok" });
    expect(endsOf({ source: "a", target: "b", sourcePort: "ok", targetPort: "In" })).toEqual({ from: "a", to: "b", port: "ok" });
  });

  test("puts every activity where the designer put it", () => {
    const { boxes, width } = layOut(chart([box("a", 0, 0), box("b", 260, 110)], []));

    expect(boxes.map(({ id, x, y }) => [id, x, y])).toEqual([["a", 0, 0], ["b", 260, 110]]);
    expect(width).toBeGreaterThanOrEqual(460);
  });

  test("finds room for an activity that was never placed", () => {
    const { boxes } = layOut(chart([box("a", 0, 0), { id: "b", type: "Elsa.WriteLine" }], []));

    expect(boxes[1]!.y).toBeGreaterThan(54);
  });

  test("leaves out a connection to nothing instead of failing", () => {
    expect(layOut(chart([box("a", 0, 0)], [{ source: { activity: "a" }, target: { activity: "gone" } }])).edges).toEqual([]);
  });

  test("names a port only where there is a choice", () => {
    const { edges } = layOut(chart([box("a", 0, 0), box("b", 260, 0), box("c", 260, 110), box("d", 520, 0)], [
      { source: { activity: "a", port: "yes" }, target: { activity: "b" } }, { source: { activity: "a", port: "no" }, target: { activity: "c" } }, { source: { activity: "b", port: "Done" }, target: { activity: "d" } },
    ]));

    expect(edges.map((e) => e.port)).toEqual(["yes", "no", null]);
  });

  test("leads a way back below everything when there is no gap to turn in", () => {
    const { edges, height } = layOut(chart([box("a", 0, 0), box("b", 260, 0)], [{ source: { activity: "a" }, target: { activity: "b" } }, { source: { activity: "b" }, target: { activity: "a" } }]));

    expect(edges[1]!.path).toMatch(/76/);
    expect(height).toBeGreaterThan(54 + 22);
  });
});

import type { DrawnActivity, DrawnConnection } from "@powerworkflow/api-client";

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  activity: DrawnActivity;
}

export interface Edge {
  from: string;
  to: string;
  port: string | null;
  path: string;
  /** Where the port's name stands. */
  label: Label;
}

interface Label {
  x: number;
  y: number;
  /** The text ends here instead of beginning. */
  end?: boolean;
  /** How wide it may be before it runs into the next box. */
  room: number;
}

export interface Layout {
  boxes: Box[];
  edges: Edge[];
  x: number;
  y: number;
  width: number;
  height: number;
}

const size = { width: 200, height: 54 };
const margin = 28;

/** Both shapes the designer writes: `source: {activity, port}` and `source` with `sourcePort`. */
export function endsOf(c: DrawnConnection): { from: string; to: string; port: string | null } {
  const [source, target] = [c.source, c.target];
  return {
    from: typeof source === "string" ? source : source.activity,
    to: typeof target === "string" ? target : target.activity,
    port: (typeof source === "string" ? c.sourcePort : source.port) ?? null,
  };
}

/** A container's activities where the designer put them; those it never placed stand in a row beneath. */
export function layOut(container: DrawnActivity): Layout {
  const activities = container.activities ?? [];
  const placed = activities.filter((a) => a.metadata?.designer?.position);
  const bottom = Math.max(0, ...placed.map((a) => a.metadata!.designer!.position!.y + 110));
  let spare = 0;
  const boxes: Box[] = activities.map((activity) => {
    const position = activity.metadata?.designer?.position ?? { x: spare++ * 260, y: bottom };
    const drawn = activity.metadata?.designer?.size;
    return { id: activity.id, activity, x: position.x, y: position.y, width: Math.max(drawn?.width || size.width, 60), height: Math.max(drawn?.height || size.height, 40) };
  });
  const byId = new Map(boxes.map((b) => [b.id, b]));
  const lowest = Math.max(0, ...boxes.map((b) => b.y + b.height));
  let loops = 0;
  const ends = (container.connections ?? []).map(endsOf);
  const named = new Set(ends.filter((e) => ends.filter((o) => o.from === e.from).length > 1).map((e) => e.from));
  const edges = ends.flatMap(({ from, to, port }) => {
    const [a, b] = [byId.get(from), byId.get(to)];
    if (!a || !b) return [];
    const back = b.x < a.x + a.width / 2;
    // Back to a box beside it there is no gap to turn in: the way leads below everything.
    const gap = Math.max(b.y - (a.y + a.height), a.y - (b.y + b.height));
    const lane = back && gap < 36 ? lowest + 22 + 14 * loops++ : null;
    return [{ from, to, port: named.has(from) && port !== "Done" ? port : null, ...route(a, b, lane) }];
  });
  const xs = boxes.flatMap((b) => [b.x, b.x + b.width]);
  const ys = boxes.flatMap((b) => [b.y, b.y + b.height]);
  const [left, top] = [Math.min(0, ...xs) - margin, Math.min(0, ...ys) - margin];
  return { boxes, edges, x: left, y: top, width: Math.max(200, ...xs) + margin - left, height: Math.max(60, ...ys, loops > 0 ? lowest + 22 + 14 * loops : 0) + margin - top };
}

/** Right angles with softened corners: forward through the gap, upwards and downwards from the middle, back in a lane below. */
function route(a: Box, b: Box, lane: number | null): { path: string; label: Label } {
  const [ax, ay] = [a.x + a.width, a.y + a.height / 2];
  const [bx, by] = [b.x, b.y + b.height / 2];
  if (lane !== null) {
    const [sx, tx] = [a.x + a.width / 2 + 12, b.x + b.width / 2 - 12];
    return { path: soft([[sx, a.y + a.height], [sx, lane], [tx, lane], [tx, b.y + b.height]]), label: { x: sx + 6, y: a.y + a.height + 16, room: 150 } };
  }
  if (bx >= ax + 12) {
    const middle = bx - Math.min(28, (bx - ax) / 2);
    return { path: soft(ay === by ? [[ax, ay], [bx, by]] : [[ax, ay], [middle, ay], [middle, by], [bx, by]]), label: ay === by ? { x: ax + 6, y: ay - 6, room: bx - ax - 16 } : { x: bx - 8, y: by - 7, end: true, room: Math.max(bx - middle, bx - ax) - 4 } };
  }
  const down = b.y >= a.y + a.height;
  // There and back between two boxes run side by side, not one over the other.
  const aside = down ? -14 : 14;
  const sx = a.x + a.width / 2 + aside;
  const [sy, ty, tx] = [down ? a.y + a.height : a.y, down ? b.y : b.y + b.height, b.x + b.width / 2 + aside];
  const middle = (sy + ty) / 2;
  return { path: soft(sx === tx ? [[sx, sy], [tx, ty]] : [[sx, sy], [sx, middle], [tx, middle], [tx, ty]]), label: { x: sx + (down ? -6 : 6), y: sy + (down ? 16 : -8), end: down, room: 120 } };
}

function soft(points: [number, number][], radius = 8): string {
  let path = `M${points[0]![0]} ${points[0]![1]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [[px, py], [x, y], [nx, ny]] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const [before, after] = [Math.hypot(x - px, y - py), Math.hypot(nx - x, ny - y)];
    const r = Math.min(radius, before / 2, after / 2);
    if (r < 1) {
      path += ` L${x} ${y}`;
      continue;
    }
    path += ` L${x - ((x - px) / before) * r} ${y - ((y - py) / before) * r} Q${x} ${y} ${x + ((nx - x) / after) * r} ${y + ((ny - y) / after) * r}`;
  }
  const last = points.at(-1)!;
  return `${path} L${last[0]} ${last[1]}`;
}

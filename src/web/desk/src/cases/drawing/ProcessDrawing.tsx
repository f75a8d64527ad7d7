import type { ActivityState, Drawing, DrawnActivity } from "@powerworkflow/api-client";
import { MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../app/api";
import { layOut, type Box } from "./geometry";

/** The process as its owner drew it, with where this case stands. Definitions called inside can be opened. */
export function ProcessDrawing({ drawing, process, name }: { drawing: Drawing; process: string; name: string }) {
  const { t, i18n } = useTranslation();
  /** The path of the container in view; empty for the process itself. */
  const [path, setPath] = useState("");
  const nested = drawing.nested.find((n) => n.path === path);
  const inner = path === "" || nested ? null : findContainer(drawing.document.root, path);
  const root = nested ? nested.document.root : (inner ?? drawing.document.root);
  const definitionId = nested?.definitionId ?? process;
  const definition = useQuery({ queryKey: ["definition", definitionId], queryFn: () => api.definitions.one(definitionId), staleTime: 60 * 60_000, retry: false });
  const labels = definition.data?.labels;
  /** The drawing is written in Chinese; another language reads the labels published beside it. */
  const nameOf = (a: DrawnActivity) => (i18n.language === "en" ? (labels?.steps?.[a.name ?? ""] ?? labels?.steps?.[a.id]) : undefined) ?? titleOf(a);
  const portName = (from: string, port: string) => {
    const step = root.activities?.find((a) => a.id === from)?.name ?? from;
    return labels?.outcomes?.[`${step}.${port}`] ?? labels?.outcomes?.[`${from}.${port}`] ?? port;
  };
  const layout = useMemo(() => layOut(root), [root]);
  const frame = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);

  // What is drawn inside a box shows on the box: it waits where something in it waits.
  const stateAt = (at: string): ActivityState | null => {
    const inside = Object.entries(drawing.states).filter(([p]) => p.startsWith(`${at}/`)).map(([, s]) => s);
    const pressing = inside.find((s) => s.status === "faulted") ?? inside.find((s) => s.status === "waiting");
    const own = drawing.states[at] ?? null;
    return pressing ? { ...pressing, count: own?.count ?? 0 } : own;
  };
  const stateOf = (box: Box) => stateAt(join(path, box.id));
  const opens = (box: Box): string | null => {
    const at = join(path, box.id);
    if (drawing.nested.some((n) => n.path === at)) return at;
    return (box.activity.activities?.length ?? 0) > 0 ? at : null;
  };

  // Fits the whole when it stays readable, otherwise shows the place where the case waits.
  useEffect(() => {
    const box = frame.current;
    if (!box || box.clientWidth === 0) return;
    const fit = Math.min(1, Math.max(0.82, box.clientWidth / layout.width));
    setScale(fit);
    const waiting = layout.boxes.find((b) => stateOf(b)?.status === "waiting") ?? layout.boxes.findLast((b) => stateOf(b)?.status === "done") ?? layout.boxes[0];
    if (waiting) {
      box.scrollLeft = (waiting.x - layout.x + waiting.width / 2) * fit - box.clientWidth / 2;
      box.scrollTop = (waiting.y - layout.y + waiting.height / 2) * fit - box.clientHeight / 2;
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [layout]);

  const trail = crumbs(path, drawing);
  const zoom = (factor: number) => setScale((s) => Math.min(1.6, Math.max(0.35, s * factor)));

  return (
    <div className="drawing">
      <div className="drawing-bar">
        <nav aria-label={t("drawing.trail")}>
          <button type="button" className="link" disabled={path === ""} onClick={() => setPath("")}>{name}</button>
          {trail.map((c) => <span key={c.path}> / <button type="button" className="link" disabled={c.path === path} onClick={() => setPath(c.path)}>{c.name}</button></span>)}
        </nav>
        <span className="spacer" />
        <ul className="legend" aria-label={t("drawing.legend")}>
          {(["done", "waiting", "faulted"] as const).map((s) => <li key={s}><i className={`swatch swatch-${s}`} />{t(`drawing.state.${s}`)}</li>)}
        </ul>
        <Button size="small" icon={<MinusOutlined />} aria-label={t("drawing.smaller")} onClick={() => zoom(1 / 1.25)} />
        <Button size="small" icon={<PlusOutlined />} aria-label={t("drawing.larger")} onClick={() => zoom(1.25)} />
      </div>
      <div className="drawing-frame" ref={frame} tabIndex={0} role="region" aria-label={t("drawing.label", { name })}>
        <svg width={layout.width * scale} height={layout.height * scale} viewBox={`${layout.x} ${layout.y} ${layout.width} ${layout.height}`}>
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.5 7 4 0 7.5z" className="arrow" /></marker>
          </defs>
          {layout.edges.map((e, i) => (
            <g key={i}>
              <path d={e.path} className={`edge ${stateAt(join(path, e.from))?.status === "done" && stateAt(join(path, e.to)) ? "edge-walked" : ""}`} markerEnd="url(#arrow)" />
              {e.port && <text x={e.label.x} y={e.label.y} className="port" textAnchor={e.label.end ? "end" : "start"}>{shorten(portName(e.from, e.port), e.label.room / 12)}<title>{portName(e.from, e.port)}</title></text>}
            </g>
          ))}
          {layout.boxes.map((box) => <Node key={box.id} box={box} state={stateOf(box)} title={nameOf(box.activity)} opens={opens(box)} onOpen={setPath} />)}
        </svg>
      </div>
    </div>
  );
}

const plain = new Set(["Elsa.Start", "Elsa.End", "Elsa.Finish", "Elsa.Complete"]);

function Node({ box, title, state, opens, onOpen }: { box: Box; title: string; state: ActivityState | null; opens: string | null; onOpen: (path: string) => void }) {
  const { t } = useTranslation();
  const { activity, x, y, width, height } = box;
  const words = state ? `${t(`drawing.state.${state.status}`)}${state.count > 1 ? ` · ${t("drawing.times", { count: state.count })}` : ""}` : null;
  const person = activity.type === "PowerWorkflow.UserTask";
  const room = Math.floor((width - 28) / 13.5);
  return (
    <g className={`node ${state ? `node-${state.status}` : ""} ${plain.has(activity.type) ? "node-plain" : ""} ${person ? "node-person" : ""}`} transform={`translate(${x} ${y})`}
      {...(opens ? { role: "button", tabIndex: 0, "aria-label": t("drawing.open", { name: title }), onClick: () => onOpen(opens), onKeyDown: (e: React.KeyboardEvent) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), onOpen(opens)) } : {})}>
      <title>{[title, words].filter(Boolean).join(" · ")}</title>
      <rect width={width} height={height} rx={plain.has(activity.type) ? height / 2 : 5} />
      {person && <rect className="node-edge" width="4" height={height} rx="2" />}
      {opens && <path className="node-nested" d={`M${width - 22} ${height - 8}h14v-10h-14zM${width - 15} ${height - 15.5}v5M${width - 17.5} ${height - 13}h5`} />}
      <text x={plain.has(activity.type) ? width / 2 : 14} y={words ? height / 2 - 4 : height / 2 + 5} className="node-title" textAnchor={plain.has(activity.type) ? "middle" : "start"}>{shorten(title, room)}</text>
      {words && <text x={plain.has(activity.type) ? width / 2 : 14} y={height / 2 + 14} className="node-state" textAnchor={plain.has(activity.type) ? "middle" : "start"}>{words}</text>}
    </g>
  );
}

export const titleOf = (a: DrawnActivity) => a.metadata?.displayText || a.name || a.id;
const join = (path: string, id: string) => (path === "" ? id : `${path}/${id}`);

/** Chinese signs are about twice as wide as Latin letters. */
function shorten(text: string, room: number): string {
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    used += text.charCodeAt(i) > 0x2e7f ? 1 : 0.55;
    if (used > room) return `${text.slice(0, Math.max(1, i - 1))}…`;
  }
  return text;
}

function findContainer(root: DrawnActivity, path: string): DrawnActivity | null {
  return path.split("/").reduce<DrawnActivity | null>((at, id) => at?.activities?.find((a) => a.id === id) ?? null, root);
}

function crumbs(path: string, drawing: Drawing): { path: string; name: string }[] {
  if (path === "") return [];
  const parts = path.split("/");
  return parts.flatMap((part, i) => {
    const at = parts.slice(0, i + 1).join("/");
    const called = drawing.nested.find((n) => n.path === at);
    const drawn = called ? null : findContainer(drawing.document.root, at);
    return [{ path: at, name: called?.name ?? (drawn ? titleOf(drawn) : part) }];
  });
}

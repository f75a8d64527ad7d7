import type { Clock } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { when } from "../time/words";

/** Start, pauses, now and due on one line to scale. What it shows is said in words above and in its label. */
export function ClockLine({ clock, now }: { clock: Clock; now: Date }) {
  const { t } = useTranslation();
  const start = Date.parse(clock.startedAt);
  const due = clock.dueAt ? Date.parse(clock.dueAt) : null;
  const end = clock.stoppedAt ? Date.parse(clock.stoppedAt) : now.getTime();
  const last = Math.max(end, due ?? end, start + 3_600_000);
  const at = (time: number) => `${(Math.min(Math.max((time - start) / (last - start), 0), 1) * 100).toFixed(2)}%`;
  const width = (from: number, to: number) => `${(Math.max(to - from, 0) / (last - start) * 100).toFixed(2)}%`;
  const intervals = clock.intervals ?? [{ from: clock.startedAt, to: clock.stoppedAt ?? null, kind: clock.state.toLowerCase() === "paused" ? "paused" : "running" }];
  const pauses = intervals.filter((i) => i.kind !== "running");
  const label = [
    t("clock.started", { at: when(clock.startedAt) }),
    ...pauses.map((p) => t("clock.pauseSpan", { code: p.pauseName ?? p.pauseCode ?? p.kind, from: when(p.from), to: p.to ? when(p.to) : t("clock.untilNow") })),
    ...(clock.dueAt ? [t("clock.due", { at: when(clock.dueAt) })] : []),
  ].join("; ");
  return (
    <>
      <svg className="clock-line" role="img" aria-label={label} width="100%" height="34">
        <line x1="0" x2="100%" y1="17" y2="17" className="clock-base" />
        {intervals.map((i) => {
          const [from, to] = [Date.parse(i.from), i.to ? Date.parse(i.to) : end];
          return <rect key={`${i.from}${i.kind}`} x={at(from)} width={width(from, to)} y="11" height="12" className={i.kind === "running" ? "clock-run" : "clock-pause"} />;
        })}
        {due !== null && end > due && <rect x={at(due)} width={width(due, end)} y="11" height="12" className="clock-over" />}
        {due !== null && <line x1={at(due)} x2={at(due)} y1="3" y2="31" className="clock-due" />}
        {!clock.stoppedAt && <line x1={at(end)} x2={at(end)} y1="7" y2="27" className="clock-now" />}
      </svg>
      {pauses.length > 0 && (
        <ul className="clock-pauses">
          {pauses.map((p) => <li key={p.from}>{t("clock.pauseSpan", { code: [p.pauseCode ?? p.kind, p.pauseName].filter(Boolean).join(" "), from: when(p.from), to: p.to ? when(p.to) : t("clock.untilNow") })}</li>)}
        </ul>
      )}
    </>
  );
}

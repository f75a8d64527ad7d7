import type { Clock } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { Empty } from "../shell/states";
import { when } from "../time/words";
import { useNow } from "../time/useNow";
import { ClockLine } from "./ClockLine";
import { remainingWords } from "./remaining";

/** The time limits of a case: how each stands, in words, and its running and paused stretches drawn to scale. */
export function Clocks({ clocks }: { clocks: Clock[] }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  if (clocks.length === 0) return <Empty title={t("clock.none")} />;
  const name = (clock: Clock) => clock.name ?? (i18n.exists(`clock.code.${clock.code}`) ? t(`clock.code.${clock.code as "SUPPLIER"}`) : clock.code);
  const state = (clock: Clock) => {
    const key = clock.state.toLowerCase();
    return i18n.exists(`clock.state.${key}`) ? t(`clock.state.${key as "running"}`) : clock.state;
  };
  return (
    <ul className="clocks">
      {clocks.map((clock) => {
        const paused = clock.state.toLowerCase() === "paused";
        const late = clock.dueAt !== null && Date.parse(clock.stoppedAt ?? now.toISOString()) > Date.parse(clock.dueAt);
        return (
          <li key={`${clock.code}${clock.item}${clock.startedAt}`} className="clock">
            <div className="clock-head">
              <strong>{name(clock)}</strong>{clock.item && <span className="muted mono">{clock.item}</span>}
              <span className={`status ${late ? "status-faulted" : paused ? "status-paused" : clock.stoppedAt ? "status-finished" : "status-running"}`}>{late ? t("clock.late") : state(clock)}</span>
              {clock.confidence && <span className="source">{t("form.confidence", { mark: clock.confidence })}</span>}
            </div>
            <div className="clock-facts">
              <span>{t("clock.started", { at: when(clock.startedAt) })}</span>
              {paused && clock.pausedBy && <span>{t("clock.pausedBy", { code: clock.pausedBy })}</span>}
              <span>{clock.dueAt ? t(clock.provisional ? "clock.dueProvisional" : "clock.due", { at: when(clock.dueAt) }) : t("due.none")}</span>
              {clock.remaining && !clock.stoppedAt && <span>{t("clock.remaining", { span: remainingWords(clock.remaining, t) })}</span>}
              {clock.stoppedAt && <span>{t("clock.stopped", { at: when(clock.stoppedAt) })}</span>}
            </div>
            <ClockLine clock={clock} now={now} />
          </li>
        );
      })}
    </ul>
  );
}

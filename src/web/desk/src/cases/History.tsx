import type { HistoryEntry } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { Empty } from "../shell/states";
import { span, when } from "../time/words";

/** Step after step: who, when, with what result, and how long it really took. */
export function History({ entries }: { entries: HistoryEntry[] }) {
  const { t } = useTranslation();
  if (entries.length === 0) return <Empty title={t("history.none")} />;
  return (
    <ol className="history">
      {entries.map((e) => (
        <li key={e.taskId} className={e.completedAt ? "" : "history-open"}>
          <div className="history-when">{when(e.completedAt ?? e.openedAt)}</div>
          <div>
            <strong>{e.title}</strong>
            {e.completedAt
              ? <span className="history-outcome">{e.outcomeLabel ?? (e.outcome === "Done" ? t("task.done") : e.outcome)}</span>
              : <span className="history-outcome history-waiting">{t("history.open")}</span>}
            <div className="muted">
              {[
                e.completedBy ?? null,
                e.completedAt && t("history.took", { span: span(Date.parse(e.completedAt) - Date.parse(e.openedAt), t) }),
                e.claimedAt && t("history.claimed", { at: when(e.claimedAt) }),
              ].filter(Boolean).join(" · ")}
            </div>
            {e.comment && <p className="history-comment">{e.comment}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}

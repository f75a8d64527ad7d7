import { ApiProblem, type WaitingAt } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { when } from "../time/words";

export const isStale = (error: Error | null): error is ApiProblem =>
  error instanceof ApiProblem && (error.slug === "stale-task" || error.slug === "case-ended");

/** The task is over; where the case went instead, so that nobody is left standing before a closed door. */
export function StaleTask({ problem, children }: { problem: ApiProblem; children?: React.ReactNode }) {
  const { t } = useTranslation();
  const caseId = typeof problem.extra["caseId"] === "string" ? problem.extra["caseId"] : null;
  const waiting = Array.isArray(problem.extra["waitingAt"]) ? (problem.extra["waitingAt"] as WaitingAt[]) : [];
  return (
    <div className="note note-warn stale" role="alert">
      <strong>{problem.title}</strong>
      {problem.detail && <div>{problem.detail}</div>}
      {waiting.length > 0 && (
        <>
          <div>{t("stale.nowAt")}</div>
          <ul>
            {waiting.map((w) => (
              <li key={`${w.step}${w.since}`}>{w.title}{(w.roleName ?? w.role) && ` · ${w.roleName ?? w.role}`}{w.assignee && ` · ${w.assignee}`} · {t("stale.since", { at: when(w.since) })}</li>
            ))}
          </ul>
        </>
      )}
      {children}
      <div className="note-actions">
        {caseId && <Link to={`/cases/${caseId}`}>{t("stale.toCase")}</Link>}
        <Link to="/tasks">{t("state.toTasks")}</Link>
      </div>
    </div>
  );
}

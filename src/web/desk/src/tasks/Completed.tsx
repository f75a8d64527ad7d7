import type { Advanced, TaskDetail } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { when } from "../time/words";

/** It is done and kept; where the case stands now, and the next thing this person can do about it. */
export function Completed({ task, out }: { task: TaskDetail; out: Advanced }) {
  const { t } = useTranslation();
  const waitsForOthers = out.task && out.task.signedBy.length < out.task.persons;
  return (
    <div className="completed" role="status">
      <h1>{waitsForOthers ? t("completed.signed") : t("completed.title", { title: task.title })}</h1>
      {waitsForOthers ? (
        <p>{t("task.signersLeft", { count: out.task!.persons - out.task!.signedBy.length })}</p>
      ) : out.case.status === "Running" ? (
        <>
          <p>{t("completed.nowAt", { number: out.case.number })}</p>
          <ul className="completed-steps">
            {out.case.waitingAt.map((w) => (
              <li key={`${w.step}${w.since}`}><strong>{w.title}</strong> <span className="muted">{[w.roleName ?? w.role, w.assignee].filter(Boolean).join(" · ")}{w.dueAt && ` · ${t("completed.due", { at: when(w.dueAt) })}`}</span></li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t("completed.ended", { number: out.case.number, status: t(`status.${out.case.status}`) })}</p>
      )}
      <div className="state-actions">
        {out.next[0] && <Link className="button-link button-link-primary" to={`/tasks/${out.next[0].id}`}>{t("completed.next", { title: out.next[0].title })}</Link>}
        <Link className="button-link" to="/tasks">{t("state.toTasks")}</Link>
        <Link to={`/cases/${out.case.id}`}>{t("completed.toCase")}</Link>
      </div>
    </div>
  );
}

import { ApiProblem, NoAnswer } from "@powerworkflow/api-client";
import { Button, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Said in words: what was refused and why, or that no answer came. */
export function problemWords(error: Error, t: (key: string) => string): { title: string; detail: string | null } {
  if (error instanceof ApiProblem) return { title: error.title, detail: error.detail };
  if (error instanceof NoAnswer) return { title: t("problem.noAnswer.title"), detail: t("problem.noAnswer.text") };
  return { title: t("problem.unexpected"), detail: error.message };
}

export function ProblemNote({ error, children }: { error: Error; children?: ReactNode }) {
  const { t } = useTranslation();
  const { title, detail } = problemWords(error, t);
  return (
    <div className="note note-bad" role="alert">
      <strong>{title}</strong>
      {detail && <div>{detail}</div>}
      {children}
    </div>
  );
}

export function ProblemPage({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  const { title, detail } = problemWords(error, t);
  return (
    <div className="state" role="alert">
      <h1>{title}</h1>
      {detail && <p>{detail}</p>}
      <div className="state-actions">
        <Button type="primary" onClick={onRetry}>{t("state.retry")}</Button>
        <Link to="/tasks">{t("state.toTasks")}</Link>
      </div>
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="state">
      <h1>{t("state.notFound.title")}</h1>
      <p>{t("state.notFound.text")}</p>
      <Link to="/tasks">{t("state.toTasks")}</Link>
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}

export function PageLoading() {
  const { t } = useTranslation();
  return (
    <div className="page" aria-busy="true" aria-label={t("state.loading")}>
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 6 }} />
    </div>
  );
}

/** Rows of the height the list will have, so that nothing jumps when it arrives. */
export function ListLoading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div aria-busy="true" aria-label={t("state.loading")}>
      {Array.from({ length: rows }, (_, i) => <div key={i} className="row-loading" />)}
    </div>
  );
}

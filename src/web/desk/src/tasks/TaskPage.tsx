import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../app/api";
import { isStale, StaleTask } from "./StaleTask";
import { ProblemPage, PageLoading } from "../shell/states";
import { TaskWork } from "./TaskWork";

export default function TaskPage() {
  const { taskId = "" } = useParams();
  const { t } = useTranslation();
  const task = useQuery({ queryKey: ["task", taskId], queryFn: () => api.tasks.one(taskId), staleTime: 30_000, refetchOnWindowFocus: true });

  if (task.isPending) return <PageLoading />;
  if (task.isError && !task.data) {
    return isStale(task.error)
      ? <div className="page"><StaleTask problem={task.error} /></div>
      : <ProblemPage error={task.error} onRetry={() => void task.refetch()} />;
  }
  return (
    <div className="page task-page">
      <nav className="crumbs" aria-label={t("shell.crumbs")}><Link to="/tasks">{t("tasks.title")}</Link></nav>
      {/* Keyed by the task: a draft belongs to one task and must never flow into the next. */}
      <TaskWork key={taskId} task={task.data} gone={isStale(task.error) ? task.error : null} />
    </div>
  );
}

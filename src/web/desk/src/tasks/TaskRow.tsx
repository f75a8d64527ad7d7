import type { Task } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "../session/Session";
import { Due, Priority } from "./Due";

export function TaskRow({ task }: { task: Task }) {
  const { t } = useTranslation();
  const me = useMe();
  const holder = task.claimedBy ? (task.claimedBy.id === me.personId ? t("tasks.heldByMe") : t("tasks.heldBy", { name: task.claimedBy.name })) : t("tasks.open");
  return (
    <li className={`row row-${task.late}`}>
      <div className="row-due"><Due dueAt={task.dueAt} late={task.late} provisional={task.provisional} /></div>
      <div className="row-main">
        <Link to={`/tasks/${task.id}`} className="row-title">{task.title}</Link>
        <Priority priority={task.priority} />
        <div className="row-sub">{task.processName}</div>
      </div>
      <div className="row-who">
        <div>{task.customer ?? t("list.noCustomer")}</div>
        <div className="row-sub">{task.address ?? task.unitName}</div>
      </div>
      <div className="row-case">
        <span className="mono">{task.caseNumber}</span>
        <div className="row-sub">{holder}{task.persons > 1 && ` · ${t("tasks.persons", { signed: task.signedBy.length, persons: task.persons })}`}</div>
      </div>
    </li>
  );
}

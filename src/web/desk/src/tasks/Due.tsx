import type { Task } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { dueWords, exactly, when } from "../time/words";
import { useNow } from "../time/useNow";

/** Due time in words first; the colour only repeats what the words say. */
export function Due({ dueAt, late, provisional }: Pick<Task, "dueAt" | "late" | "provisional">) {
  const { t } = useTranslation();
  const { level, words } = dueWords(dueAt, late, useNow(), t);
  return (
    <span className={`due due-${level}`}>
      <span className="due-words">{words}</span>
      {dueAt && (
        <time dateTime={dueAt} title={exactly(dueAt)}>
          {when(dueAt)}
          {provisional && <span className="provisional"> {t("due.provisional")}</span>}
        </time>
      )}
    </span>
  );
}

/** Priority above the ordinary: the green channel opens a lane, it is not a decoration. */
export function Priority({ priority }: { priority: number }) {
  const { t } = useTranslation();
  if (!priority) return null;
  return <span className={`priority priority-${priority > 1 ? "urgent" : "green"}`}>{t(priority > 1 ? "priority.urgent" : "priority.green")}</span>;
}

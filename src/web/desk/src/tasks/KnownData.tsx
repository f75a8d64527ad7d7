import type { Form, TaskDetail } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";
import { DataSections } from "../cases/DataSections";
import { useCaseLabels } from "../cases/useCaseLabels";

/** What earlier steps wrote and this one needs to see. */
export function KnownData({ task, form, written }: { task: TaskDetail; form: Form; written: string[] }) {
  const { t } = useTranslation();
  const labels = useCaseLabels(task.process, form);
  const known = Object.fromEntries(Object.entries(task.values).filter(([section]) => !written.includes(section)));
  if (Object.keys(known).length === 0) return null;
  return (
    <aside className="known" aria-label={t("task.known")}>
      <h2>{t("task.known")}</h2>
      <DataSections data={known} labels={labels} caseId={task.caseId} compact />
    </aside>
  );
}

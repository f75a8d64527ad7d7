import type { Form, TaskDetail } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { rememberFiles } from "../forms/widgets/uploads";
import { DataSections } from "../cases/DataSections";
import { useCaseLabels } from "../cases/useCaseLabels";

/** What earlier steps wrote and this one needs to see. */
export function KnownData({ task, form, written }: { task: TaskDetail; form: Form; written: string[] }) {
  const { t } = useTranslation();
  // A step of a called definition shows what the calling process wrote, so the labels are those of the whole case.
  const whole = useQuery({ queryKey: ["case", task.caseId], queryFn: () => api.cases.one(task.caseId), staleTime: 60_000, retry: false });
  const labels = useCaseLabels(whole.data?.process ?? task.process, form);
  useEffect(() => rememberFiles(whole.data?.attachments ?? []), [whole.data?.attachments]);
  const known = Object.fromEntries(Object.entries(task.values).filter(([section]) => !written.includes(section)));
  if (Object.keys(known).length === 0) return null;
  return (
    <aside className="known" aria-label={t("task.known")}>
      <h2>{t("task.known")}</h2>
      <DataSections data={known} labels={labels} caseId={task.caseId} compact />
    </aside>
  );
}

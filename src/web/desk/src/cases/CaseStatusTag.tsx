import type { CaseStatus } from "@powerworkflow/api-client";
import { useTranslation } from "react-i18next";

export function CaseStatusTag({ status }: { status: CaseStatus }) {
  const { t } = useTranslation();
  return <span className={`status status-${status.toLowerCase()}`}>{t(`status.${status}`)}</span>;
}

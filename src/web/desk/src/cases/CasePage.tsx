import { useQuery } from "@tanstack/react-query";
import { Button, Tabs } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api } from "../app/api";
import { FileList } from "../forms/widgets/FileInput";
import { rememberFiles } from "../forms/widgets/uploads";
import { useMe } from "../session/Session";
import { Empty, PageLoading, ProblemPage } from "../shell/states";
import { Due, Priority } from "../tasks/Due";
import { when } from "../time/words";
import { CancelDialog } from "./CancelDialog";
import { CaseStatusTag } from "./CaseStatusTag";
import { Clocks } from "./Clocks";
import { DataSections } from "./DataSections";
import { History } from "./History";
import { Incidents } from "./Incidents";
import { Journal } from "./Journal";
import { ProcessDrawing } from "./drawing/ProcessDrawing";
import { useCaseLabels } from "./useCaseLabels";

export default function CasePage() {
  const { caseId = "" } = useParams();
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const [cancelling, setCancelling] = useState(false);
  const found = useQuery({ queryKey: ["case", caseId], queryFn: () => api.cases.one(caseId), refetchInterval: 60_000 });
  const labels = useCaseLabels(found.data?.process ?? "");
  useEffect(() => rememberFiles(found.data?.attachments ?? []), [found.data?.attachments]);

  if (found.isPending) return <PageLoading />;
  if (!found.data) return <ProblemPage error={found.error!} onRetry={() => void found.refetch()} />;
  const item = found.data;
  const mine = item.tasks.filter((task) => task.canComplete || task.canClaim);
  const mayCancel = item.canCancel ?? (item.status !== "Finished" && item.status !== "Cancelled" && !me.permissions.auditor);

  const tabs = [
    { key: "process", label: t("case.tab.process"), children: <ProcessDrawing drawing={item.drawing} process={item.process} name={item.processName} /> },
    { key: "history", label: t("case.tab.history"), children: <History entries={item.history} /> },
    { key: "data", label: t("case.tab.data"), children: <DataSections data={item.data} labels={labels} caseId={item.id} /> },
    { key: "clocks", label: t("case.tab.clocks"), children: <Clocks caseId={item.id} clocks={item.clocks} stepName={(step) => item.history.find((h) => h.step === step)?.title ?? item.waitingAt.find((w) => w.step === step)?.title ?? null} /> },
    { key: "files", label: `${t("case.tab.files")} ${item.attachments.length || ""}`, children: item.attachments.length > 0 ? <FileList ids={item.attachments.map((a) => a.id)} caseId={item.id} /> : <Empty title={t("case.noFiles")} /> },
    { key: "journal", label: t("case.tab.journal"), children: <Journal caseId={item.id} /> },
  ];
  const active = params.get("tab") ?? "process";

  return (
    <div className="page">
      <nav className="crumbs" aria-label={t("shell.crumbs")}><Link to="/cases">{t("cases.title")}</Link></nav>
      <header className="facts">
        <div className="facts-title">
          <h1>{item.name ?? item.customer ?? item.number}</h1>
          <CaseStatusTag status={item.status} />
          <Priority priority={item.priority} />
          <span className="spacer" />
          {mayCancel && item.status !== "Finished" && item.status !== "Cancelled" && <Button danger onClick={() => setCancelling(true)}>{t("case.cancel")}</Button>}
        </div>
        <dl className="facts-list">
          <div><dt>{t("fact.number")}</dt><dd className="mono">{item.number}</dd></div>
          <div><dt>{t("fact.process")}</dt><dd>{item.processName} <span className="muted">{t("case.version", { version: item.version })}</span></dd></div>
          <div><dt>{t("fact.customer")}</dt><dd>{item.customer ?? t("list.noCustomer")}</dd></div>
          <div><dt>{t("fact.unit")}</dt><dd>{item.unitName}</dd></div>
          <div><dt>{t("fact.started")}</dt><dd>{when(item.createdAt)}{item.startedBy && ` · ${item.startedBy}`}</dd></div>
          {item.finishedAt && <div><dt>{t("fact.ended")}</dt><dd>{when(item.finishedAt)}</dd></div>}
        </dl>
      </header>

      {item.incidents.length > 0 && <Incidents caseId={item.id} incidents={item.incidents} />}

      {item.status === "Running" && (
        <section className="now" aria-labelledby="now-title">
          <h2 id="now-title">{t("case.now")}</h2>
          {item.waitingAt.length === 0 ? <p className="muted">{t("cases.waitingNowhere")}</p> : (
            <ul>
              {item.waitingAt.map((w) => {
                const task = mine.find((x) => x.step === w.step);
                return (
                  <li key={`${w.step}${w.since}`}>
                    <div><strong>{w.title}</strong><div className="muted">{[w.roleName ?? w.role, w.assignee].filter(Boolean).join(" · ")} · {t("stale.since", { at: when(w.since) })}</div></div>
                    <Due dueAt={w.dueAt ?? null} late={task?.late ?? "none"} provisional={task?.provisional} />
                    {task && <Link className="button-link button-link-primary" to={`/tasks/${task.id}`}>{t("case.openTask")}</Link>}
                  </li>
                );
              })}
            </ul>
          )}
        </section>
      )}

      <Tabs activeKey={active} onChange={(tab) => setParams({ tab }, { replace: true })} items={tabs} destroyOnHidden />
      {cancelling && <CancelDialog caseId={item.id} number={item.number} onClose={() => setCancelling(false)} />}
    </div>
  );
}

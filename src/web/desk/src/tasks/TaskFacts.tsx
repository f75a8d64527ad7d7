import type { TaskDetail } from "@powerworkflow/api-client";
import { MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, useCommand } from "../app/api";
import { useMe } from "../session/Session";
import { ProblemNote } from "../shell/states";
import { when } from "../time/words";
import { DelegateDialog } from "./DelegateDialog";
import { Due, Priority } from "./Due";

/** Whose step of which case, until when, and who signed already. */
export function TaskFacts({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const me = useMe();
  const [delegating, setDelegating] = useState(false);
  const release = useCommand((_: null, commandId) => api.tasks.release(task.id, { commandId }));
  const mine = task.claimedBy?.id === me.personId;
  const actions = [
    ...(mine ? [{ key: "release", label: t("task.release"), onClick: () => release.mutate(null) }] : []),
    ...(task.allowDelegate && task.canComplete ? [{ key: "delegate", label: t("task.delegate"), onClick: () => setDelegating(true) }] : []),
  ];
  return (
    <header className="facts">
      <div className="facts-title">
        <h1>{task.title}</h1>
        <Priority priority={task.priority} />
        <span className="spacer" />
        <Due dueAt={task.dueAt} late={task.late} provisional={task.provisional} />
        {actions.length > 0 && (
          <Dropdown trigger={["click"]} menu={{ items: actions }}><Button type="text" icon={<MoreOutlined />} aria-label={t("task.more")} /></Dropdown>
        )}
      </div>
      <dl className="facts-list">
        <div><dt>{t("fact.case")}</dt><dd><Link to={`/cases/${task.caseId}`} className="mono">{task.caseNumber}</Link> {task.processName}</dd></div>
        <div><dt>{t("fact.customer")}</dt><dd>{task.customer ?? t("list.noCustomer")}{task.address && <span className="muted"> {task.address}</span>}</dd></div>
        <div><dt>{t("fact.role")}</dt><dd>{task.roleName ?? task.role ?? "–"} · {task.unitName}</dd></div>
        <div><dt>{t("fact.holder")}</dt><dd>{task.claimedBy ? t(mine ? "task.heldByMeSince" : "task.heldBySince", { name: task.claimedBy.name, at: task.claimedAt ? when(task.claimedAt) : "" }) : t("tasks.open")}</dd></div>
      </dl>
      {task.persons > 1 && (
        <div className="signers">
          <strong>{t("task.signers", { signed: task.signedBy.length, persons: task.persons })}</strong>
          {task.signedBy.map((s) => <span key={s.id}>{t("task.signedAt", { name: s.name, at: when(s.at) })}</span>)}
          {task.signedBy.length < task.persons && <span className="muted">{t("task.signersLeft", { count: task.persons - task.signedBy.length })}</span>}
        </div>
      )}
      {release.error && <ProblemNote error={release.error} />}
      {delegating && <DelegateDialog task={task} onClose={() => setDelegating(false)} />}
    </header>
  );
}

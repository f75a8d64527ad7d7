import type { Incident } from "@powerworkflow/api-client";
import { Button, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, useCommand } from "../app/api";
import { ProblemNote } from "../shell/states";
import { when } from "../time/words";

/** What went wrong inside a case, and the two ways on: once more, or past it with a reason. */
export function Incidents({ caseId, incidents }: { caseId: string; incidents: Incident[] }) {
  const { t } = useTranslation();
  const [skipping, setSkipping] = useState<Incident | null>(null);
  const retry = useCommand((input: { id: string }, commandId) => api.cases.retry(caseId, input.id, { commandId }));
  return (
    <section className="note note-bad" aria-labelledby="incidents-title">
      <h2 id="incidents-title">{t("incident.title", { count: incidents.length })}</h2>
      <ul className="incidents">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <div><strong>{incident.activityTitle ?? incident.activity}</strong> <span className="muted">{when(incident.at)}</span><div>{incident.message}</div></div>
            <div className="note-actions">
              <Button size="small" loading={retry.isPending && retry.variables?.id === incident.id} onClick={() => retry.mutate({ id: incident.id })}>{t("incident.retry")}</Button>
              <Button size="small" onClick={() => setSkipping(incident)}>{t("incident.skip")}</Button>
            </div>
          </li>
        ))}
      </ul>
      {retry.error && <ProblemNote error={retry.error} />}
      {skipping && <SkipDialog caseId={caseId} incident={skipping} onClose={() => setSkipping(null)} />}
    </section>
  );
}

function SkipDialog({ caseId, incident, onClose }: { caseId: string; incident: Incident; onClose: () => void }) {
  const { t } = useTranslation();
  const ids = { reason: useId(), outcome: useId() };
  const [reason, setReason] = useState("");
  const [outcome, setOutcome] = useState("");
  const skip = useCommand(
    (input: { reason: string; outcome: string }, commandId) => api.cases.skip(caseId, incident.id, { reason: input.reason, ...(input.outcome && { outcome: input.outcome }), commandId }),
    { onSuccess: onClose },
  );
  return (
    <Modal open title={t("incident.skipTitle", { name: incident.activityTitle ?? incident.activity })} okText={t("incident.skip")} cancelText={t("dialog.back")} onCancel={onClose}
      confirmLoading={skip.isPending} okButtonProps={{ disabled: reason.trim() === "" }} onOk={() => skip.mutate({ reason: reason.trim(), outcome: outcome.trim() })}>
      <div className="dialog-form">
        <p>{t("incident.skipText")}</p>
        <label htmlFor={ids.outcome}>{t("incident.outcome")}</label>
        <Input id={ids.outcome} value={outcome} onChange={(e) => setOutcome(e.target.value)} />
        <label htmlFor={ids.reason}>{t("dialog.reason")}</label>
        <Input.TextArea id={ids.reason} rows={3} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />
        {skip.error && <ProblemNote error={skip.error} />}
      </div>
    </Modal>
  );
}

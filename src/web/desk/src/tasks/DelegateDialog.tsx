import type { TaskDetail } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { Input, Modal, Select } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, useCommand } from "../app/api";
import { ProblemNote } from "../shell/states";

/** Hands a task to somebody who holds the same role. */
export function DelegateDialog({ task, onClose }: { task: TaskDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ids = { to: useId(), reason: useId() };
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const query = { ...(task.role && { role: task.role }), unit: task.unit };
  const people = useQuery({ queryKey: ["people", query], queryFn: () => api.people.search(query) });
  const delegate = useCommand((input: { to: string; reason: string }, commandId) => api.tasks.delegate(task.id, { ...input, commandId }), { onSuccess: () => navigate("/tasks") });
  return (
    <Modal open title={t("task.delegateTitle")} okText={t("task.delegate")} cancelText={t("dialog.cancel")} onCancel={onClose} confirmLoading={delegate.isPending}
      okButtonProps={{ disabled: !to || reason.trim() === "" }} onOk={() => delegate.mutate({ to: to!, reason: reason.trim() })}>
      <div className="dialog-form">
        <label htmlFor={ids.to}>{t("task.delegateTo")}</label>
        <Select id={ids.to} className="full" showSearch={{ optionFilterProp: "label" }} loading={people.isPending} value={to} onChange={setTo} placeholder={t("form.choosePerson")}
          options={people.data?.filter((p) => p.id !== task.claimedBy?.id).map((p) => ({ value: p.id, label: p.name })) ?? []} notFoundContent={people.isPending ? t("state.loading") : t("form.nobody")} />
        <label htmlFor={ids.reason}>{t("dialog.reason")}</label>
        <Input.TextArea id={ids.reason} rows={3} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />
        {delegate.error && <ProblemNote error={delegate.error} />}
      </div>
    </Modal>
  );
}

import { Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, useCommand } from "../app/api";
import { ProblemNote } from "../shell/states";

export function CancelDialog({ caseId, number, onClose }: { caseId: string; number: string; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [reason, setReason] = useState("");
  const cancel = useCommand((input: { reason: string }, commandId) => api.cases.cancel(caseId, { ...input, commandId }), { onSuccess: onClose });
  return (
    <Modal open title={t("case.cancelTitle", { number })} okText={t("case.cancel")} cancelText={t("dialog.back")} onCancel={onClose} confirmLoading={cancel.isPending}
      okButtonProps={{ danger: true, disabled: reason.trim() === "" }} onOk={() => cancel.mutate({ reason: reason.trim() })}>
      <div className="dialog-form">
        <p>{t("case.cancelText")}</p>
        <label htmlFor={id}>{t("dialog.reason")}</label>
        <Input.TextArea id={id} rows={3} maxLength={500} autoFocus value={reason} onChange={(e) => setReason(e.target.value)} />
        {cancel.error && <ProblemNote error={cancel.error} />}
      </div>
    </Modal>
  );
}

import { Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../shell/states";

export interface Intent {
  outcome: string;
  label: string;
  /** The activity to go back to; a reason is then required. */
  returnTo?: string;
}

/** The last look before a decision that cannot be taken back. */
export function CompletionDialog({ intent, busy, error, onCancel, onConfirm }: { intent: Intent; busy: boolean; error: Error | null; onCancel: () => void; onConfirm: (comment: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [comment, setComment] = useState("");
  const returning = intent.returnTo !== undefined;
  return (
    <Modal open title={t(returning ? "complete.returnTitle" : "complete.title", { label: intent.label })} okText={t(returning ? "complete.return" : "complete.confirm")} cancelText={t("dialog.cancel")}
      onCancel={onCancel} confirmLoading={busy} okButtonProps={{ disabled: returning && comment.trim() === "", danger: returning }} onOk={() => onConfirm(comment.trim())} mask={{ closable: false }}>
      <div className="dialog-form">
        <p>{t(returning ? "complete.returnText" : "complete.text")}</p>
        <label htmlFor={id}>{t(returning ? "dialog.reason" : "complete.comment")}</label>
        <Input.TextArea id={id} rows={3} maxLength={1000} autoFocus value={comment} onChange={(e) => setComment(e.target.value)} />
        {error && <ProblemNote error={error} />}
      </div>
    </Modal>
  );
}

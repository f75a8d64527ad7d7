import type { TaskDetail } from "@powerworkflow/api-client";
import { AimOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useLocate } from "../forms/widgets/GeoField";
import { Files } from "../forms/widgets/FilesWidget";
import { Signature } from "../forms/widgets/SignatureWidget";

export interface EvidenceInput {
  files: string[];
  position: { lat: number; lng: number; accuracy: number } | null;
  signature: string | null;
}

export const noEvidence: EvidenceInput = { files: [], position: null, signature: null };

interface Props {
  task: TaskDetail;
  value: EvidenceInput;
  onChange: (value: EvidenceInput) => void;
  attachments: string[];
  onAttachments: (ids: string[]) => void;
  locked: boolean;
  missing: string[];
}

/** What the step demands as proof, and whatever else belongs with the case. */
export function EvidencePanel({ task, value, onChange, attachments, onAttachments, locked, missing }: Props) {
  const { t } = useTranslation();
  const { locate, busy, failed } = useLocate((position) => onChange({ ...value, position }));
  const asks = (kind: string) => task.evidence.includes(kind);
  const about = { caseId: task.caseId, taskId: task.id };
  const lacks = (kind: string) => missing.includes(kind) && <span className="field-error">{t(`evidence.missing.${kind as "photo"}`)}</span>;
  if (locked && task.evidence.length === 0) return null;
  return (
    <section className="section" id="evidence" aria-labelledby="evidence-title">
      <h3 id="evidence-title">{t("evidence.title")}</h3>
      <div className="fields">
        {asks("photo") && (
          <div className="field field-wide" role="group" aria-labelledby="evidence-photo-label">
            <span className="field-label" id="evidence-photo-label">{t("evidence.photo")}<span className="required">{t("form.required")}</span></span>
            <Files id="evidence-photo" ids={value.files} onChange={(files) => onChange({ ...value, files })} locked={locked} several photo {...about} />
            {lacks("photo")}
          </div>
        )}
        {asks("position") && (
          <div className="field field-wide">
            <span className="field-label">{t("evidence.position")}<span className="required">{t("form.required")}</span></span>
            <span className="geo">
              <span className="mono">{value.position ? `${value.position.lat}, ${value.position.lng}` : t("evidence.noPosition")}</span>
              {!locked && <Button icon={<AimOutlined />} loading={busy} onClick={locate}>{t("geo.measure")}</Button>}
              <span className="muted" role="status">{failed ? t("geo.failed") : value.position ? t("geo.accuracy", { m: value.position.accuracy }) : ""}</span>
            </span>
            {lacks("position")}
          </div>
        )}
        {asks("signature") && (
          <div className="field field-wide">
            <span className="field-label">{t("evidence.signature")}<span className="required">{t("form.required")}</span></span>
            <Signature label={t("evidence.signature")} value={value.signature} locked={locked} {...about} onChange={(signature) => onChange({ ...value, signature })} />
            {lacks("signature")}
          </div>
        )}
        <div className="field field-wide" role="group" aria-labelledby="attachments-label">
          <span className="field-label" id="attachments-label">{t("evidence.attachments")}{asks("document") && <span className="required">{t("form.required")}</span>}</span>
          <Files id="attachments" ids={attachments} onChange={onAttachments} locked={locked} several photo={false} {...about} />
          {lacks("document")}
          <div className="field-foot"><span className="field-hint">{t("evidence.kinds")}</span></div>
        </div>
      </div>
    </section>
  );
}

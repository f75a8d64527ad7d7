import { CameraOutlined, CloseOutlined, PaperClipOutlined } from "@ant-design/icons";
import type { WidgetProps } from "@rjsf/utils";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { FormContext } from "../DataForm";
import { FileInput, FileList } from "./FileInput";

/** Photos or documents; the data holds the ids of stored files. A photo opens the camera on a phone. */
export function FilesWidget(props: WidgetProps) {
  const { id, value, schema, readonly, disabled, onChange, registry } = props;
  const { caseId, taskId } = registry.formContext as FormContext;
  const several = schema.type === "array";
  const ids = several ? ((value as string[] | undefined) ?? []) : value ? [value as string] : [];
  const set = (next: string[]) => onChange(next.length === 0 ? undefined : several ? next : next.at(-1));
  return (
    <Files id={id} ids={ids} onChange={set} locked={!!readonly || !!disabled} several={several} photo={(schema as Record<string, unknown>)["x-widget"] === "photo"} caseId={caseId} taskId={taskId} />
  );
}

interface FilesProps {
  id: string;
  ids: string[];
  onChange: (ids: string[]) => void;
  locked: boolean;
  several: boolean;
  photo: boolean;
  caseId: string | null;
  taskId: string | null;
  small?: boolean;
}

export function Files({ id, ids, onChange, locked, several, photo, caseId, taskId, small = false }: FilesProps) {
  const { t } = useTranslation();
  return (
    <div className="files">
      <FileList ids={ids} caseId={caseId} render={(fileId, name) => !locked && (
        <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("file.remove", { name })} title={t("file.remove", { name })} onClick={() => onChange(ids.filter((x) => x !== fileId))} />
      )} />
      {!locked && (
        <FileInput id={id} several={several} accept={photo ? "image/jpeg,image/png,image/webp" : undefined} camera={photo} about={{ caseId, taskId }}
          onStored={(stored) => onChange(several ? [...ids, ...stored] : stored.slice(-1))}>
          {(pick, busy) => (
            <Button size={small ? "small" : "middle"} icon={photo ? <CameraOutlined /> : <PaperClipOutlined />} loading={busy} onClick={pick}>
              {t(photo ? "file.photo" : "file.choose")}
            </Button>
          )}
        </FileInput>
      )}
      {ids.length === 0 && locked && <span className="muted">{t("file.none")}</span>}
    </div>
  );
}

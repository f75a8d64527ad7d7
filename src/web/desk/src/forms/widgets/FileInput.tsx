import { FileOutlined } from "@ant-design/icons";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../app/api";
import { problemWords } from "../../shell/states";
import { fileKnown, sizeWords, upload } from "./uploads";

interface Props {
  id: string;
  several: boolean;
  accept?: string | undefined;
  /** Ask for the camera rather than the gallery. */
  camera?: boolean;
  about: { caseId: string | null; taskId: string | null };
  onStored: (ids: string[]) => void;
  children: (pick: () => void, busy: boolean) => ReactNode;
}

interface Failure {
  file: File;
  words: string;
}

/** Chooses files and stores them at once; one that failed stays in sight with its reason and can be sent again. */
export function FileInput({ id, several, accept, camera, about, onStored, children }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<string[]>([]);
  const [failed, setFailed] = useState<Failure[]>([]);

  const send = async (files: File[]) => {
    setBusy(files.map((f) => f.name));
    const stored: string[] = [];
    const failures: Failure[] = [];
    for (const file of files) {
      try {
        stored.push((await upload(file, about)).id);
      } catch (e) {
        const { title, detail } = problemWords(e as Error, t);
        failures.push({ file, words: detail ?? title });
      }
    }
    setBusy([]);
    setFailed(failures);
    if (stored.length > 0) onStored(stored);
  };

  return (
    <>
      <input ref={input} id={id} className="visually-hidden" type="file" tabIndex={-1} multiple={several} accept={accept} {...(camera ? { capture: "environment" as const } : {})}
        onChange={(e) => { void send([...(e.target.files ?? [])]); e.target.value = ""; }} />
      {children(() => input.current?.click(), busy.length > 0)}
      <span className="file-status" role="status">{busy.length > 0 && t("file.sending", { name: busy.join(", ") })}</span>
      {failed.map(({ file, words }) => (
        <div key={file.name} className="note note-bad" role="alert">
          <strong>{t("file.failed", { name: file.name })}</strong>
          <div>{words}</div>
          <button type="button" className="link" onClick={() => void send([file])}>{t("state.retry")}</button>
        </div>
      ))}
    </>
  );
}

/** Stored files with a picture where there is one. */
export function FileList({ ids, caseId, render }: { ids: string[]; caseId: string | null; render?: (id: string, name: string) => ReactNode }) {
  const { t } = useTranslation();
  if (ids.length === 0) return null;
  return (
    <ul className="file-list">
      {ids.map((fileId, i) => {
        const file = fileKnown(fileId);
        const name = file?.name ?? t("file.unnamed", { no: i + 1 });
        const href = caseId ? api.files.url(caseId, fileId) : null;
        const picture = file?.preview ?? (file?.image && href ? href : null);
        return (
          <li key={fileId}>
            {picture ? <img src={picture} alt={name} /> : <FileOutlined />}
            <span className="file-name">{href ? <a href={href} target="_blank" rel="noreferrer">{name}</a> : name}{file && <span className="muted"> {sizeWords(file.size)}</span>}</span>
            {render?.(fileId, name)}
          </li>
        );
      })}
    </ul>
  );
}

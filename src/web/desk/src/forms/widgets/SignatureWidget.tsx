import type { WidgetProps } from "@rjsf/utils";
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import SignaturePad from "signature_pad";
import { problemWords } from "../../shell/states";
import type { FormContext } from "../DataForm";
import { FileList } from "./FileInput";
import { upload } from "./uploads";

/** A handwritten signature, stored as a picture; the data holds the file's id. */
export function SignatureWidget(props: WidgetProps) {
  const { value, readonly, disabled, onChange, registry, label } = props;
  const { caseId, taskId } = registry.formContext as FormContext;
  return <Signature label={label} value={(value as string | undefined) ?? null} locked={!!readonly || !!disabled} caseId={caseId} taskId={taskId} onChange={(next) => onChange(next ?? undefined)} />;
}

interface SignatureProps {
  label: string;
  value: string | null;
  locked: boolean;
  caseId: string | null;
  taskId: string | null;
  onChange: (fileId: string | null) => void;
}

export function Signature({ label, value, locked, caseId, taskId, onChange }: SignatureProps) {
  const { t } = useTranslation();
  if (value !== null) {
    return (
      <div className="signature-done">
        <FileList ids={[value]} caseId={caseId} />
        {!locked && <Button size="small" onClick={() => onChange(null)}>{t("signature.again")}</Button>}
      </div>
    );
  }
  return locked ? <span className="muted">{t("signature.none")}</span> : <Pad label={label} caseId={caseId} taskId={taskId} onSigned={onChange} />;
}

function Pad({ label, caseId, taskId, onSigned }: { label: string; caseId: string | null; taskId: string | null; onSigned: (fileId: string) => void }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [drawn, setDrawn] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);

  useEffect(() => {
    const element = canvas.current!;
    const made = new SignaturePad(element, { penColor: "#12262b", minWidth: 0.8, maxWidth: 2.4 });
    pad.current = made;
    made.addEventListener("endStroke", () => setDrawn(true));
    // The canvas has pixels of its own: without this a signature is blurred and lands beside the pen.
    const fit = () => {
      const strokes = made.toData();
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      element.width = element.offsetWidth * ratio;
      element.height = element.offsetHeight * ratio;
      element.getContext("2d")?.scale(ratio, ratio);
      made.fromData(strokes);
    };
    fit();
    const watch = new ResizeObserver(fit);
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.off();
    };
  }, []);

  const keep = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const blob = await new Promise<Blob | null>((done) => canvas.current!.toBlob(done, "image/png"));
      if (blob) onSigned((await upload(new File([blob], `${label || "signature"}.png`, { type: "image/png" }), { caseId, taskId })).id);
    } catch (e) {
      const { title, detail } = problemWords(e as Error, t);
      setFailed(detail ?? title);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="signature">
      <canvas ref={canvas} role="img" aria-label={t("signature.pad", { name: label })} />
      <div className="signature-bar">
        <span className="muted">{t("signature.hint")}</span>
        <Button size="small" disabled={!drawn || busy} onClick={() => { pad.current?.clear(); setDrawn(false); }}>{t("signature.clear")}</Button>
        <Button size="small" type="primary" disabled={!drawn} loading={busy} onClick={() => void keep()}>{t("signature.keep")}</Button>
      </div>
      {failed && <div className="note note-bad" role="alert">{failed}</div>}
    </div>
  );
}

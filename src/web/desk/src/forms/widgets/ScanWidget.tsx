import { CloseOutlined, ScanOutlined } from "@ant-design/icons";
import type { WidgetProps } from "@rjsf/utils";
import { Button, Input, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { described } from "./inputs";

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}

const detectorOf = (): (new () => Detector) | undefined => (globalThis as { BarcodeDetector?: new () => Detector }).BarcodeDetector;

/** A code by camera where the browser can read one; by hand or by a hand scanner, which types, everywhere. */
export function ScanWidget(props: WidgetProps) {
  return props.schema.type === "array" ? <SeveralCodes {...props} /> : <OneCode {...props} />;
}

function OneCode(props: WidgetProps) {
  const { id, value, readonly, disabled, onChange, onBlur, rawErrors } = props;
  return (
    <span className="scan">
      <Input id={id} className="mono" value={value ?? ""} readOnly={!!readonly} disabled={!!disabled} autoComplete="off" {...(rawErrors?.length ? { status: "error" as const } : {})}
        onChange={(e) => onChange(e.target.value === "" ? undefined : e.target.value.trim())} onBlur={() => onBlur(id, value)} {...described(props)} />
      {!readonly && !disabled && <Camera onCode={onChange} />}
    </span>
  );
}

function SeveralCodes(props: WidgetProps) {
  const { t } = useTranslation();
  const { id, value, readonly, disabled, onChange } = props;
  const codes = (value as string[] | undefined) ?? [];
  const [typed, setTyped] = useState("");
  const add = (code: string) => {
    const trimmed = code.trim();
    if (trimmed !== "" && !codes.includes(trimmed)) onChange([...codes, trimmed]);
    setTyped("");
  };
  const locked = !!readonly || !!disabled;
  return (
    <div>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <span className="mono">{code}</span>
            {!locked && <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("scan.remove", { code })} onClick={() => onChange(codes.length === 1 ? undefined : codes.filter((c) => c !== code))} />}
          </li>
        ))}
      </ul>
      {!locked && (
        <span className="scan">
          <Input id={id} className="mono" value={typed} placeholder={t("scan.type")} autoComplete="off" onChange={(e) => setTyped(e.target.value)} onBlur={() => add(typed)}
            onKeyDown={(e) => { if (e.key === "Enter") { e.preventDefault(); add(typed); } }} {...described(props)} />
          <Camera onCode={add} />
        </span>
      )}
    </div>
  );
}

function Camera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!detectorOf() || !navigator.mediaDevices) return null;
  return (
    <>
      <Button icon={<ScanOutlined />} onClick={() => setOpen(true)}>{t("scan.camera")}</Button>
      {open && (
        <Modal open title={t("scan.title")} footer={null} onCancel={() => setOpen(false)}>
          <Viewfinder onCode={(code) => { setOpen(false); onCode(code); }} />
        </Modal>
      )}
    </>
  );
}

function Viewfinder({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  const found = useRef(onCode);
  found.current = onCode;

  useEffect(() => {
    const Reader = detectorOf()!;
    const reader = new Reader();
    let stream: MediaStream | null = null;
    let stopped = false;
    const look = async () => {
      if (stopped || !video.current) return;
      const [code] = video.current.readyState >= 2 ? await reader.detect(video.current) : [];
      if (stopped) return;
      if (code) found.current(code.rawValue);
      else setTimeout(() => void look(), 150);
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(
      async (got) => {
        stream = got;
        if (stopped || !video.current) return got.getTracks().forEach((track) => track.stop());
        video.current.srcObject = got;
        await video.current.play();
        void look();
      },
      () => setRefused(true),
    );
    return () => {
      stopped = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);

  return refused ? <p role="alert">{t("scan.refused")}</p> : <video ref={video} className="viewfinder" muted playsInline aria-label={t("scan.title")} />;
}

import { AimOutlined } from "@ant-design/icons";
import type { FieldProps } from "@rjsf/utils";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface Position {
  lat?: number;
  lng?: number;
  accuracy?: number;
}

/** Where somebody stands, measured by the device with its accuracy, or entered by hand (then without one). */
export function GeoField({ fieldPathId, formData, onChange, readonly, disabled }: FieldProps) {
  const { t } = useTranslation();
  const position = (formData ?? {}) as Position;
  const locked = !!readonly || !!disabled;
  const { locate, busy, failed } = useLocate((p) => onChange(p, fieldPathId.path));
  const type = (key: "lat" | "lng", text: string) => {
    const { accuracy: _, ...rest } = position;
    const next: Position = { ...rest, [key]: text === "" || Number.isNaN(Number(text)) ? undefined : Number(text) };
    onChange(next.lat === undefined && next.lng === undefined ? undefined : next, fieldPathId.path);
  };
  return (
    <div className="geo">
      {(["lat", "lng"] as const).map((key) => (
        // Uncontrolled with the value as its key: typing "30." must not be turned into "30" under the fingers.
        <Input key={`${key}=${position[key]}`} id={`${fieldPathId.$id}_${key}`} className="figure" prefix={<span className="unit">{t(`geo.${key}`)}</span>} suffix={<span className="unit">°</span>}
          aria-label={t(`geo.${key}`)} inputMode="decimal" readOnly={locked} defaultValue={position[key] ?? ""} onBlur={(e) => type(key, e.target.value)} />
      ))}
      {!locked && <Button icon={<AimOutlined />} loading={busy} onClick={locate}>{t("geo.measure")}</Button>}
      <span className="muted geo-accuracy" role="status">{failed ? t("geo.failed") : position.accuracy !== undefined ? t("geo.accuracy", { m: Math.round(position.accuracy) }) : ""}</span>
    </div>
  );
}

export function useLocate(found: (position: Required<Position>) => void) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const locate = () => {
    setBusy(true);
    setFailed(false);
    if (!navigator.geolocation) {
      setBusy(false);
      setFailed(true);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false);
        found({ lat: round(coords.latitude), lng: round(coords.longitude), accuracy: Math.round(coords.accuracy) });
      },
      () => {
        setBusy(false);
        setFailed(true);
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
    );
  };
  return { locate, busy, failed };
}

/** Six places are 0.1 m; more would only pretend. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

import type { WidgetProps } from "@rjsf/utils";
import { Button, DatePicker, Input } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { instantOf, localOf } from "../../time/words";

/** Ties a field to its hint or message for a screen reader. */
export const described = (props: Pick<WidgetProps, "id" | "rawErrors" | "required">) => ({
  "aria-describedby": `${props.id}__foot`,
  "aria-invalid": (props.rawErrors?.length ?? 0) > 0,
  "aria-required": props.required === true,
});

/** Text and figures. A figure has its unit beside it, and on a phone the keyboard for figures. */
export function NumberOrText(props: WidgetProps) {
  const { id, value, schema, readonly, disabled, onChange, onBlur, rawErrors } = props;
  const number = schema.type === "number" || schema.type === "integer";
  const unit = (schema as Record<string, unknown>)["x-unit"];
  return (
    <Input
      id={id}
      value={value === undefined || value === null ? "" : String(value)}
      readOnly={!!readonly}
      disabled={!!disabled}
      {...(rawErrors?.length ? { status: "error" as const } : {})}
      {...(number ? { inputMode: schema.type === "integer" ? ("numeric" as const) : ("decimal" as const), className: "figure" } : {})}
      {...(typeof unit === "string" ? { suffix: <span className="unit">{unit}</span> } : {})}
      {...(typeof schema.maxLength === "number" && !number ? { maxLength: schema.maxLength } : {})}
      autoComplete="off"
      onChange={(e) => onChange(e.target.value === "" ? undefined : e.target.value)}
      onBlur={() => onBlur(id, value)}
      {...described(props)}
    />
  );
}

export function TextareaWidget(props: WidgetProps) {
  const { id, value, schema, readonly, disabled, onChange, onBlur, rawErrors } = props;
  return (
    <Input.TextArea
      id={id}
      value={value ?? ""}
      readOnly={!!readonly}
      disabled={!!disabled}
      autoSize={{ minRows: 3, maxRows: 12 }}
      {...(rawErrors?.length ? { status: "error" as const } : {})}
      {...(typeof schema.maxLength === "number" ? { maxLength: schema.maxLength, showCount: schema.maxLength >= 200 } : {})}
      onChange={(e) => onChange(e.target.value === "" ? undefined : e.target.value)}
      onBlur={() => onBlur(id, value)}
      {...described(props)}
    />
  );
}

const touch = typeof matchMedia === "function" && matchMedia("(pointer: coarse)").matches;

interface Picker {
  kind: "date" | "datetime-local" | "time";
  /** What the field shows: `2026-11-02T09:30`, `2026-11-02` or `09:30`. */
  shown: string;
  read: (text: string) => string;
}

/** On a phone the system's own picker, which every thumb knows; on a desk one that is typed into and speaks the page's language. */
function When(props: WidgetProps & Picker) {
  const { t } = useTranslation();
  const { id, value, readonly, disabled, onChange, onBlur, rawErrors, kind, shown, read } = props;
  const status = rawErrors?.length ? { status: "error" as const } : {};
  const locked = !!readonly || !!disabled;
  const format = kind === "date" ? "YYYY-MM-DD" : kind === "time" ? "HH:mm" : "YYYY-MM-DD HH:mm";
  const set = (text: string) => onChange(text === "" ? undefined : read(text));
  return (
    <span className="native-picker">
      {touch || kind === "time" ? (
        <Input id={id} type={kind} value={shown} readOnly={!!readonly} disabled={!!disabled} {...status} onChange={(e) => set(e.target.value)} onBlur={() => onBlur(id, value)} {...described(props)} />
      ) : (
        <DatePicker
          id={id}
          format={format}
          {...(kind === "datetime-local" ? { showTime: { format: "HH:mm" } } : {})}
          needConfirm={false}
          value={shown === "" ? null : dayjs(shown)}
          placeholder={t(kind === "date" ? "form.dateShape" : "form.dateTimeShape")}
          disabled={locked}
          {...status}
          onChange={(next) => set(next === null ? "" : (next as Dayjs).format(kind === "date" ? "YYYY-MM-DD" : "YYYY-MM-DDTHH:mm"))}
          onBlur={() => onBlur(id, value)}
          {...described(props)}
        />
      )}
      {kind === "datetime-local" && !locked && (
        <Button onClick={() => onChange(new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString())}>{t("form.now")}</Button>
      )}
    </span>
  );
}

export const DateWidget = (props: WidgetProps) => <When {...props} kind="date" shown={props.value ?? ""} read={(text) => text} />;

/** Shown and entered in statutory time, stored with its offset. */
export const DateTimeWidget = (props: WidgetProps) => (
  <When {...props} kind="datetime-local" shown={isInstant(props.value) ? localOf(props.value) : ""} read={instantOf} />
);

export const TimeWidget = (props: WidgetProps) => (
  <When {...props} kind="time" shown={(props.value ?? "").slice(0, 5)} read={(text) => `${text.length === 5 ? `${text}:00` : text}+08:00`} />
);

const isInstant = (value: unknown): value is string => typeof value === "string" && !Number.isNaN(Date.parse(value));

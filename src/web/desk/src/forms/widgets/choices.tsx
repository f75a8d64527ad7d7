import type { EnumOptionsType, WidgetProps } from "@rjsf/utils";
import { Checkbox, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { described } from "./inputs";

/** The choices with their labels; yes and no for a plain boolean. */
function useChoices({ options, schema, uiSchema }: WidgetProps): EnumOptionsType[] {
  const { t } = useTranslation();
  if (schema.type === "boolean") return [{ value: true, label: t("form.yes") }, { value: false, label: t("form.no") }];
  const items = uiSchema?.["items"] as Record<string, unknown> | undefined;
  const names = (uiSchema?.["ui:enumNames"] ?? items?.["ui:enumNames"]) as string[] | undefined;
  return (options.enumOptions ?? []).map((o, i) => ({ value: o.value, label: names?.[i] ?? o.label }));
}

export function RadioWidget(props: WidgetProps) {
  const { id, value, readonly, disabled, onChange } = props;
  const choices = useChoices(props);
  return (
    <Radio.Group id={id} className="choices" name={id} value={value ?? null} disabled={!!disabled || !!readonly}
      options={choices.map((c) => ({ value: c.value, label: c.label }))} onChange={(e) => onChange(e.target.value)} {...described(props)} />
  );
}

export function SelectWidget(props: WidgetProps) {
  const { t } = useTranslation();
  const { id, value, readonly, disabled, onChange, onBlur, multiple, rawErrors } = props;
  const choices = useChoices(props);
  return (
    <Select
      id={id}
      className="full"
      value={value ?? (multiple ? [] : null)}
      {...(multiple ? { mode: "multiple" as const } : {})}
      allowClear
      showSearch={choices.length > 8 ? { optionFilterProp: "label" } : false}
      placeholder={t("form.choose")}
      disabled={!!disabled || !!readonly}
      {...(rawErrors?.length ? { status: "error" as const } : {})}
      options={choices.map((c) => ({ value: c.value as string, label: c.label }))}
      onChange={(next: unknown) => onChange(next ?? undefined)}
      onBlur={() => onBlur(id, value)}
      {...described(props)}
    />
  );
}

/** One box that has to be ticked, with its label beside it as the law of small boxes demands. */
export function CheckboxWidget(props: WidgetProps) {
  const { t } = useTranslation();
  const { id, value, readonly, disabled, onChange } = props;
  return (
    <Checkbox id={id} checked={value === true} disabled={!!disabled || !!readonly} onChange={(e) => onChange(e.target.checked ? true : undefined)} {...described(props)}>
      {t("form.confirmed")}
    </Checkbox>
  );
}

export function CheckboxesWidget(props: WidgetProps) {
  const { id, value, readonly, disabled, onChange } = props;
  const choices = useChoices(props);
  return (
    <Checkbox.Group className="choices" value={Array.isArray(value) ? value : []} disabled={!!disabled || !!readonly}
      options={choices.map((c, i) => ({ value: c.value as string, label: c.label, id: `${id}-${i}` }))} onChange={(next) => onChange(next.length === 0 ? undefined : next)} />
  );
}

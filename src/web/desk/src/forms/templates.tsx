import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps, FieldErrorProps, FieldTemplateProps, ObjectFieldTemplateProps } from "@rjsf/utils";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormContext } from "./DataForm";
import { textOf, withoutBlanks, type Schema } from "./schema";

const wideWidgets = new Set(["textarea", "file", "files", "photo", "signature", "geo", "checklist", "persons"]);

/** A field that takes a whole row rather than half of one. */
function isWide(schema: Schema): boolean {
  const widget = String(schema["x-widget"] ?? "");
  return wideWidgets.has(widget) || schema.type === "object" || schema.type === "array" || (schema.type === "string" && !schema.enum && Number(schema["maxLength"] ?? 0) > 150);
}

function shownIf(schema: Schema, data: Record<string, unknown>): boolean {
  const rule = schema["x-showIf"];
  if (typeof rule !== "object" || rule === null) return true;
  return Object.entries(rule as Record<string, unknown>).every(([path, wanted]) => {
    const value = path.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], data);
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
  });
}

function Field(props: FieldTemplateProps) {
  const { t } = useTranslation();
  const { id, label, required, children, errors, rawErrors, hidden, displayLabel, fieldPathId, registry } = props;
  const schema = props.schema as Schema;
  const context = registry.formContext as FormContext;
  // What only the system fills in is shown once it has.
  const pending = (schema["readOnly"] as boolean | undefined) === true && withoutBlanks([props.formData as unknown]).length === 0;
  if (hidden || pending || !shownIf(schema, context.data)) return <div hidden>{children}</div>;

  const path = textOf(fieldPathId.path as (string | number)[]);
  const widget = String(schema["x-widget"] ?? props.uiSchema?.["ui:widget"] ?? "");
  const ownField = widget === "geo" || widget === "checklist";
  const group = !ownField && (schema.type === "object" || (schema.type === "array" && widget === ""));
  const labelled = !group && (ownField || displayLabel !== false) && label;
  const many = ["radio", "checkboxes", "file", "files", "photo", "signature", "geo", "checklist"].includes(widget) || (widget === "scan" && schema.type === "array");
  const limits = limitWords(schema, t);
  const hint = [schema["description"] as string | undefined, limits].filter(Boolean).join(" · ");
  const bad = (rawErrors?.length ?? 0) > 0;
  const source = typeof schema["x-source"] === "string" ? schema["x-source"] : null;
  const confidence = typeof schema["x-confidence"] === "string" ? schema["x-confidence"] : null;

  return (
    <div className={`field ${isWide(schema) ? "field-wide" : ""} ${bad ? "field-bad" : ""} ${group ? "field-group" : ""}`} data-field={path} tabIndex={-1}
      {...(labelled && many ? { role: "group", "aria-labelledby": `${id}__label` } : {})}>
      {labelled && (
        <label className="field-label" id={`${id}__label`} {...(many ? {} : { htmlFor: id })}>
          {label}
          {!required && <span className="optional">{t("form.optional")}</span>}
          {(source || confidence) && <span className="source" title={source ?? undefined}>{[source, confidence && t("form.confidence", { mark: confidence })].filter(Boolean).join(" · ")}</span>}
        </label>
      )}
      {children}
      <div className="field-foot" id={`${id}__foot`}>
        {bad ? errors : !group && hint && <span className="field-hint">{hint}</span>}
      </div>
    </div>
  );
}

type Translate = (key: string, options?: Record<string, unknown>) => string;

/** The bounds of a figure as text, so that nobody has to be wrong first to learn them. */
function limitWords(schema: Schema, t: Translate): string | null {
  if (schema.type === "array" && Number(schema["minItems"] ?? 0) > 1) return t("form.limit.atLeast", { count: Number(schema["minItems"]) });
  if (schema.type !== "number" && schema.type !== "integer") return null;
  const unit = typeof schema["x-unit"] === "string" ? ` ${schema["x-unit"]}` : "";
  const [lo, hi] = [schema["minimum"], schema["maximum"]];
  if (lo !== undefined && hi !== undefined) return t("form.limit.between", { lo, hi, unit });
  if (schema["exclusiveMinimum"] !== undefined && schema["exclusiveMinimum"] !== 0) return `> ${String(schema["exclusiveMinimum"])}${unit}`;
  if (lo !== undefined && lo !== 0) return `≥ ${String(lo)}${unit}`;
  if (hi !== undefined) return `≤ ${String(hi)}${unit}`;
  return null;
}

function FieldErrors({ errors, fieldPathId }: FieldErrorProps) {
  if (!errors?.length) return null;
  return <span className="field-error" id={`${fieldPathId.$id}__error`}>{errors.map(String).join(" ")}</span>;
}

function Group(props: ObjectFieldTemplateProps) {
  const { t } = useTranslation();
  const { title, properties, required, formData, fieldPathId, readonly, disabled } = props;
  const [opened, setOpened] = useState(false);
  const depth = fieldPathId.path.length;
  const fields = <div className="fields">{properties.filter((p) => !p.hidden).map((p) => p.content)}</div>;
  if (depth === 0) return <>{properties.map((p) => p.content)}</>;
  if (depth === 1) {
    return (
      <section className="section" aria-labelledby={`${fieldPathId.$id}__title`}>
        <h3 id={`${fieldPathId.$id}__title`}>{title}</h3>
        {fields}
      </section>
    );
  }
  const inList = typeof fieldPathId.path.at(-1) === "number";
  if (inList) return fields;
  const empty = Object.keys(withoutBlanks((formData ?? {}) as object)).length === 0;
  // A group nobody needs stays shut; it opens by itself when a rule makes it required.
  if (!required && empty && !opened) {
    return readonly || disabled ? null : (
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => setOpened(true)}>{t("form.openGroup", { name: title })}</Button>
    );
  }
  return (
    <fieldset className="group">
      <legend>{title}{!required && <span className="optional">{t("form.optional")}</span>}</legend>
      {fields}
    </fieldset>
  );
}

function List(props: ArrayFieldTemplateProps) {
  const { t } = useTranslation();
  const { title, items, canAdd, onAddClick, required, readonly, disabled, fieldPathId } = props;
  return (
    <fieldset className="group list">
      <legend>{title}{!required && <span className="optional">{t("form.optional")}</span>}</legend>
      {items.length === 0 && <p className="muted list-none">{t("form.listEmpty")}</p>}
      {items}
      {canAdd && !readonly && !disabled && (
        <Button id={`${fieldPathId.$id}__add`} icon={<PlusOutlined />} onClick={onAddClick}>{t("form.add", { name: title })}</Button>
      )}
    </fieldset>
  );
}

function ListItem(props: ArrayFieldItemTemplateProps) {
  const { t } = useTranslation();
  const { children, buttonsProps, hasToolbar, index, readonly, disabled } = props;
  return (
    <div className="list-item">
      <span className="list-no">{index + 1}</span>
      <div className="list-body">{children}</div>
      {hasToolbar && !readonly && !disabled && (
        <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("form.remove", { no: index + 1 })} title={t("form.remove", { no: index + 1 })} onClick={buttonsProps.onRemoveItem} />
      )}
    </div>
  );
}

const Nothing = () => null;

export const templates = {
  FieldTemplate: Field,
  FieldErrorTemplate: FieldErrors,
  ObjectFieldTemplate: Group,
  ArrayFieldTemplate: List,
  ArrayFieldItemTemplate: ListItem,
  DescriptionFieldTemplate: Nothing,
  FieldHelpTemplate: Nothing,
};

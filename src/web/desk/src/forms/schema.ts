import type { Form, Language } from "@powerworkflow/api-client";

export type Schema = Record<string, unknown> & {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
};

export interface PreparedForm {
  /** The form's schema with titles and choices in one language. */
  schema: Schema;
  uiSchema: Record<string, unknown>;
  /** Sections this form writes, in its order. */
  sections: string[];
  labelOf: (path: (string | number)[]) => string;
}

/** Widgets that take over a whole object or list; the others stand for one value. */
const fieldWidgets = new Set(["checklist", "geo"]);

/** A form as the renderer wants it: labels in, hints turned into widgets. The data it yields stays language-neutral. */
export function prepareForm(form: Form, language: Language): PreparedForm {
  const labels = form.labels[language] ?? {};
  const other = form.labels[language === "en" ? "zh-CN" : "en"] ?? {};
  const key = (path: (string | number)[]) => path.filter((part) => typeof part === "string").join(".");
  const labelOf = (path: (string | number)[]) => {
    const k = key(path);
    return labels[k] ?? other[k] ?? String([...path].reverse().find((part) => typeof part === "string") ?? k);
  };

  const localise = (schema: Schema, path: string[]): Schema => {
    const out: Schema = { ...schema };
    // A description is written in both languages, Chinese first, with " / " between them.
    const described = typeof schema["description"] === "string" ? schema["description"].split(" / ") : [];
    if (described.length === 2) out["description"] = described[language === "en" ? 1 : 0];
    if (path.length > 0 && !(path.length === 1 && labels[path[0]!] === undefined && typeof schema["title"] === "string")) out["title"] = labelOf(path);
    if (schema.properties) out.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, child]) => [name, localise(child, [...path, name])]));
    if (schema.items && typeof schema.items === "object") out.items = localise(schema.items, path);
    return out;
  };

  const ui = (schema: Schema): Record<string, unknown> => {
    const out: Record<string, unknown> = {};
    const widget = schema["x-widget"];
    if (typeof widget === "string") out[fieldWidgets.has(widget) ? "ui:field" : "ui:widget"] = widget;
    else if (schema.enum) out["ui:widget"] = schema.enum.length <= 5 ? "radio" : "select";
    else if (schema.type === "boolean") out["ui:widget"] = schema.const === true ? "checkbox" : "radio";
    else if (schema.type === "array" && schema["uniqueItems"] === true && schema.items?.enum) out["ui:widget"] = "checkboxes";
    if (schema.enum) out["ui:enumNames"] = schema.enum.map((value) => enumLabel(schema, value, language));
    if (schema.items?.enum) out["items"] = { "ui:enumNames": schema.items.enum.map((value) => enumLabel(schema.items!, value, language)) };
    for (const [name, child] of Object.entries(schema.properties ?? {})) out[name] = ui(child);
    if (schema.items && typeof schema.items === "object" && !out["items"]) out["items"] = ui(schema.items);
    return out;
  };

  const schema = form.schema as Schema;
  return { schema: localise(schema, []), uiSchema: ui(schema), sections: Object.keys(schema.properties ?? {}), labelOf };
}

/** `x-enumLabels` holds both languages; a choice without a label is shown as its code. */
export function enumLabel(schema: Schema, value: unknown, language: Language): string {
  const byLanguage = (schema["x-enumLabels"] as Record<string, Record<string, string>> | undefined)?.[language];
  return byLanguage?.[String(value)] ?? String(value);
}

/** The part of a schema a path of names and positions leads to, conditions not considered. */
export function schemaAt(schema: Schema, path: (string | number)[]): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const part of path) {
    if (at && typeof at["$ref"] === "string") at = pointer(schema, at["$ref"]);
    at = typeof part === "number" ? at?.items : at?.properties?.[part];
  }
  return at;
}

export function pointer(root: unknown, reference: string): Schema | undefined {
  let at: unknown = root;
  for (const part of reference.replace(/^#\/?/, "").split("/").filter(Boolean)) {
    if (at && typeof at === "object" && typeof (at as Schema)["$ref"] === "string") at = pointer(root, (at as Schema)["$ref"] as string);
    if (part === "$ref") continue;
    at = (at as Record<string, unknown> | undefined)?.[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return at as Schema | undefined;
}

/** Without what was left empty: an untouched optional group must not fail because its own fields are missing. */
export function withoutBlanks<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutBlanks).filter((item) => item !== undefined && item !== null && item !== "") as T;
  if (typeof value !== "object" || value === null) return (value === "" ? undefined : value) as T;
  const kept = Object.entries(value).map(([k, v]) => [k, withoutBlanks(v)] as const)
    .filter(([, v]) => v !== undefined && v !== null && !(Array.isArray(v) && v.length === 0) && !isEmptyObject(v));
  return Object.fromEntries(kept) as T;
}

/** What is judged and sent: without blanks, but with the empty lists a form demands. "None" is an answer to "what is missing?". */
export function answered(schema: Schema, values: Record<string, unknown>): Record<string, unknown> {
  const data = withoutBlanks(values);
  for (const [section, fields] of Object.entries(schema.properties ?? {})) {
    const answers = data[section];
    if (typeof answers === "object" && answers !== null) withRequiredLists(fields, answers as Record<string, unknown>);
  }
  // A section nobody has to fill in is left out when it is blank; one that is demanded is shown to be empty.
  for (const section of schema.required ?? []) data[section] ??= {};
  return data;
}

function withRequiredLists(schema: Schema, value: Record<string, unknown>): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (field.type === "array" && schema.required?.includes(name) && !Number(field["minItems"] ?? 0)) value[name] ??= [];
    const inner = value[name];
    if (field.type === "object" && typeof inner === "object" && inner !== null) withRequiredLists(field, inner as Record<string, unknown>);
  }
}

const isEmptyObject = (v: unknown) => typeof v === "object" && v !== null && !Array.isArray(v) && Object.keys(v).length === 0;

/** The defaults a form declares for its own fields, where nothing has been entered yet. */
export function withDefaults(schema: Schema, data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([section, fields]) => {
    const entered = (data[section] ?? {}) as Record<string, unknown>;
    const declared = Object.entries(fields.properties ?? {}).filter(([name, field]) => field["default"] !== undefined && entered[name] === undefined);
    return [section, { ...entered, ...Object.fromEntries(declared.map(([name, field]) => [name, field["default"]])) }];
  }));
}

/** `INSP.items[3].value` and `INSP.items.3.value` alike. */
export const pathOf = (text: string): (string | number)[] =>
  text.split(/[.[\]]/).filter((part) => part !== "").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

export const textOf = (path: (string | number)[]) => path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`), "");

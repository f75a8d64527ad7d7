import type { TFunction } from "i18next";
import { explain } from "./messages";
import { answered, pathOf, schemaAt, textOf, type PreparedForm } from "./schema";
import { violations, type Violation } from "./validator";

/** A message at a field; `path` is `SECTION.list[2].field`. */
export interface FieldProblem {
  path: string;
  label: string;
  message: string;
  /** Nothing entered yet: said only once the person has tried to finish. */
  missing: boolean;
}

export function problemsOf(form: PreparedForm, data: Record<string, unknown>, t: TFunction): FieldProblem[] {
  const entered = answered(form.schema, Object.fromEntries(form.sections.map((section) => [section, data[section] ?? {}])));
  // What only the system may fill in cannot be missed by a person.
  return violations(form.schema, entered).flatMap((v) => insideGroup(form.schema, v)).filter((v) => schemaAt(form.schema, v.path)?.["readOnly"] !== true).map((v) => ({
    path: textOf(v.path),
    label: labelWithPlace(form, v.path, t),
    message: explain(v, form.schema, t),
    missing: v.keyword === "required" || v.keyword === "dependentRequired" || v.keyword === "minItems",
  }));
}

/** A group that is missing as a whole is said at the fields one has to fill in, not at its frame. */
function insideGroup(schema: PreparedForm["schema"], violation: Violation): Violation[] {
  const group = violation.missing === undefined ? undefined : schemaAt(schema, violation.path);
  if (group?.type !== "object" || !group.required?.length) return [violation];
  return group.required.flatMap((name) => insideGroup(schema, { ...violation, path: [...violation.path, name], missing: name }));
}

/** The server's answer on the same fields; its words win, they were written for this rule. */
export function fromServer(form: PreparedForm, errors: Record<string, string[]>, t: TFunction): FieldProblem[] {
  // What is not about a field (missing evidence, say) the problem itself says above the form.
  return Object.entries(errors).filter(([key]) => form.sections.includes(String(localPath(form, key)[0]))).flatMap(([key, messages]) => {
    const path = localPath(form, key);
    return messages.map((message) => ({ path: textOf(path), label: labelWithPlace(form, path, t), message, missing: false }));
  });
}

/** A later round is stored as `INSP#2`; the form knows it as `INSP`. */
function localPath(form: PreparedForm, key: string): (string | number)[] {
  const [section, ...rest] = pathOf(key);
  const name = String(section);
  return [form.sections.includes(name) ? name : name.replace(/#\d*$/, ""), ...rest];
}

function labelWithPlace(form: PreparedForm, path: (string | number)[], t: TFunction): string {
  const at = path.findLastIndex((part) => typeof part === "number");
  if (at < 0) return form.labelOf(path);
  return `${form.labelOf(path.slice(0, at))} ${t("form.itemNo", { no: Number(path[at]) + 1 })}${at < path.length - 1 ? ` · ${form.labelOf(path)}` : ""}`;
}

/** The nested shape the renderer takes messages in. */
export function errorSchemaOf(problems: FieldProblem[]) {
  const root: Record<string, unknown> = {};
  for (const { path, message } of problems) {
    let at = root;
    for (const part of pathOf(path)) at = (at[part] ??= {}) as Record<string, unknown>;
    ((at["__errors"] ??= []) as string[]).push(message);
  }
  return root;
}

/** Brings the first wrong field to the eye and the keyboard. */
export function focusField(path: string) {
  const holder = document.querySelector<HTMLElement>(`[data-field=${JSON.stringify(path)}]`) ?? closest(path);
  if (!holder) return;
  holder.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  const target = holder.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select, button, canvas[tabindex], [tabindex='0']");
  (target ?? holder).focus({ preventScroll: true });
}

function closest(path: string): HTMLElement | null {
  const parts = pathOf(path);
  while (parts.pop() !== undefined && parts.length > 0) {
    const found = document.querySelector<HTMLElement>(`[data-field=${JSON.stringify(textOf(parts))}]`);
    if (found) return found;
  }
  return null;
}

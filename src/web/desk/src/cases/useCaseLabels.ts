import type { DrawnActivity, Form } from "@powerworkflow/api-client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { pointer, schemaAt, type Schema } from "../forms/schema";
import { currentLanguage } from "../i18n";

export interface CaseLabels {
  label: (path: (string | number)[]) => string | null;
  schema: (path: (string | number)[]) => Schema | undefined;
}

const hour = 60 * 60_000;
/** `INSP#2` is the second round of `INSP` and is labelled by the same form. */
const family = (section: string) => section.replace(/#\d+$/, "");

/** Labels and units of everything the forms of a process write: data is stored by code only. */
export function useCaseLabels(process: string, ...forms: Form[]): CaseLabels {
  const { i18n } = useTranslation();
  const definition = useQuery({ queryKey: ["definition", process], queryFn: () => api.definitions.one(process), staleTime: hour, enabled: process !== "" });
  const called = useMemo(() => [...new Set(definition.data ? callsOf(definition.data.document.root) : [])].filter((id) => id !== process), [definition.data, process]);
  const others = useQueries({ queries: called.map((id) => ({ queryKey: ["definition", id], queryFn: () => api.definitions.one(id), staleTime: hour, retry: false })) });
  const documents = [{ id: process, document: definition.data?.document }, ...called.map((id, i) => ({ id, document: others[i]?.data?.document }))];
  const start = (definition.data?.document.customProperties?.["PowerWorkflow"] as { startForm?: string | null } | undefined)?.startForm;
  const wanted = [...new Set([...(start ? [`${process}/${start}`] : []), ...documents.flatMap(({ id, document }) => (document ? formsOf(document.root).map((f) => (f.includes("/") ? f : `${id}/${f}`)) : []))])];
  const loaded = useQueries({
    queries: wanted.map((reference) => {
      const [from, code] = reference.split("/") as [string, string];
      return { queryKey: ["form", from, code], queryFn: () => api.definitions.form(from, code), staleTime: hour, retry: false };
    }),
    combine: (answers) => answers.flatMap((a) => (a.data ? [a.data] : [])),
  });

  return useMemo(() => {
    const all = [...forms, ...loaded];
    const language = currentLanguage();
    const key = (path: (string | number)[]) => path.filter((p) => typeof p === "string").map((p, i) => (i === 0 ? family(String(p)) : p)).join(".");
    return {
      label: (path) => all.map((f) => f.labels[language]?.[key(path)]).find(Boolean) ?? null,
      schema: (path) => {
        const local = path.map((p, i) => (i === 0 ? family(String(p)) : p));
        for (const f of all) {
          const found = schemaAt(f.schema as Schema, local);
          if (found) return typeof found["$ref"] === "string" ? pointer(f.schema, found["$ref"]) : found;
        }
        return undefined;
      },
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [loaded, forms.length, forms[0], i18n.language]);
}

export function* walk(activity: DrawnActivity): Generator<DrawnActivity> {
  yield activity;
  for (const value of Object.values(activity)) {
    if (Array.isArray(value)) {
      for (const child of value) if (isActivity(child)) yield* walk(child);
    } else if (isActivity(value)) yield* walk(value);
  }
}

const isActivity = (value: unknown): value is DrawnActivity =>
  typeof value === "object" && value !== null && typeof (value as DrawnActivity).type === "string" && typeof (value as DrawnActivity).id === "string";

function formsOf(root: DrawnActivity): string[] {
  return [...walk(root)].flatMap((a) => {
    const form = (a["form"] as { expression?: { type?: string; value?: unknown } } | undefined)?.expression;
    if (typeof form?.value !== "string" || form.value === "") return [];
    // A form chosen by an expression: whichever it may choose.
    return form.type === "JavaScript" ? [...form.value.matchAll(/[?:]\s*['"]([\w/-]+)['"]/g)].map((m) => m[1]!) : [form.value];
  });
}

function callsOf(root: DrawnActivity): string[] {
  return [...walk(root)].flatMap((a) => {
    if (typeof a.workflowDefinitionId === "string") return [a.workflowDefinitionId];
    const target = (a["workflowDefinitionId"] as { expression?: { value?: unknown } } | undefined)?.expression?.value;
    return typeof target === "string" && target !== "" ? [target] : [];
  });
}

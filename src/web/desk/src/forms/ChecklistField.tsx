import type { FieldProps } from "@rjsf/utils";
import { Segmented } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormContext } from "./DataForm";
import { ChecklistRow } from "./ChecklistRow";
import { groupsOf, inLanguage, itemsOf, limitsOf, tally, type ItemResult } from "./checklist";
import { textOf } from "./schema";

const wide = typeof matchMedia !== "function" || matchMedia("(min-width: 761px)").matches;

type Show = "all" | "open" | "failed";

/** A sheet of inspection items in its groups, with what is still open always in sight. */
export function ChecklistField({ fieldPathId, formData, schema, onChange, readonly, disabled, registry, errorSchema }: FieldProps) {
  const { t } = useTranslation();
  const { checklists, language, data, caseId, taskId, again } = registry.formContext as FormContext;
  const code = String((schema as Record<string, unknown>)["x-checklist"] ?? "");
  const checklist = checklists[code];
  const [show, setShow] = useState<Show>("all");
  const results = useMemo(() => new Map(((formData ?? []) as ItemResult[]).map((r) => [r.code, r])), [formData]);
  const latest = useRef(results);
  latest.current = results;
  const locked = !!readonly || !!disabled;

  const path = fieldPathId.path;
  const patch = useCallback(
    (itemCode: string, change: Partial<ItemResult>) => {
      const next = new Map(latest.current);
      const merged = { ...next.get(itemCode), ...change, code: itemCode } as ItemResult;
      for (const key of Object.keys(merged) as (keyof ItemResult)[]) if (merged[key] === undefined || merged[key] === "") delete merged[key];
      next.set(itemCode, merged);
      latest.current = next;
      onChange([...next.values()], path);
    },
    // The path is rebuilt with every render; its text is what it is.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [textOf(path as (string | number)[])],
  );

  if (!checklist) return <p className="note note-bad" role="alert">{t("checklist.unknown", { code })}</p>;

  const all = itemsOf(checklist, again);
  const groups = groupsOf(all, (text) => inLanguage(text, language));
  const total = tally(all, results);
  const order = (formData ?? []) as ItemResult[];
  const errorOf = (itemCode: string) => {
    const at = order.findIndex((r) => r.code === itemCode);
    return at < 0 ? null : collect((errorSchema as Record<string, unknown> | undefined)?.[at]);
  };

  return (
    <div className="checklist" id={fieldPathId.$id}>
      {again && <p className="note">{t("checklist.again", { count: all.length })}</p>}
      <div className="checklist-head">
        <div className="checklist-tally" role="status">
          <strong>{t("checklist.answered", { answered: total.answered, total: total.total })}</strong>
          <span className={total.failed > 0 ? "bad" : "muted"}>{total.failed > 0 ? t("checklist.failed", { count: total.failed, critical: total.critical }) : t("checklist.noneFailed")}</span>
        </div>
        <progress max={total.total} value={total.answered} aria-label={t("checklist.answered", { answered: total.answered, total: total.total })} />
        <Segmented<Show> value={show} onChange={setShow} aria-label={t("checklist.show")}
          options={(["all", "open", "failed"] as const).map((value) => ({ value, label: t(`checklist.showOption.${value}`) }))} />
      </div>
      {groups.map(({ name, items }, at) => {
        const part = tally(items, results);
        const rows = items.filter((item) => {
          const result = results.get(item.code)?.result;
          return show === "all" || (show === "open" ? !result || result === "unchecked" : result === "fail");
        });
        if (rows.length === 0) return null;
        return (
          // On a phone a hundred items are a road without end: there the groups open one by one.
          <details key={`${name}${show}`} className="checklist-group" open={show !== "all" || wide || at === 0}>
            <summary><span>{name}</span><span className={part.failed > 0 ? "bad" : "muted"}>{part.answered}/{part.total}{part.failed > 0 && ` · ${t("checklist.groupFailed", { count: part.failed })}`}</span></summary>
            {rows.map((item) => (
              <ChecklistRow key={item.code} item={item} result={results.get(item.code)} limits={limitsOf(item, data, results.get(item.code))} language={language} locked={locked} caseId={caseId} taskId={taskId} error={errorOf(item.code)} onPatch={patch} />
            ))}
          </details>
        );
      })}
      {show !== "all" && groups.every(({ items }) => items.every((item) => {
        const result = results.get(item.code)?.result;
        return show === "open" ? result && result !== "unchecked" : result !== "fail";
      })) && <p className="muted">{t(`checklist.nothing.${show}`)}</p>}
    </div>
  );
}

function collect(errors: unknown): string | null {
  if (typeof errors !== "object" || errors === null) return null;
  const words = Object.entries(errors).flatMap(([key, value]) => (key === "__errors" ? (value as string[]) : [collect(value)].filter((v): v is string => v !== null)));
  return words.length > 0 ? words.join(" ") : null;
}

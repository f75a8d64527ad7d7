import type { Checklist, ChecklistItem } from "@powerworkflow/api-client";

export type Result = "pass" | "fail" | "na" | "unchecked";

/** What was found for one item of a checklist, as it is stored. */
export interface ItemResult {
  code: string;
  result?: Result;
  value?: number | string;
  unit?: string;
  /** The maker's or designer's limit, for an item whose limit is not on the sheet. */
  limit?: number;
  instrumentNo?: string;
  calibTo?: string;
  photo?: string[];
  note?: string;
  naReason?: string;
}

export interface Limits {
  lo: number | null;
  hi: number | null;
}

/** The item's bounds; one that refers to the case's data (`PLAN.ctRatio`) is looked up there, and is open while it is not known. */
export function limitsOf(item: ChecklistItem, data: Record<string, unknown>, result?: ItemResult): Limits {
  const figure = (place: string): number | null => {
    const found = place.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], data);
    return typeof found === "number" ? found : null;
  };
  const fits = item.variants?.findLast((v) => {
    const found = figure(v.ref);
    return found !== null && (v.atLeast === undefined || found >= v.atLeast) && (v.above === undefined || found > v.above);
  });
  const resolve = (limit: ChecklistItem["lo"]): number | null =>
    limit === null || limit === undefined ? null : typeof limit === "number" ? limit : limit.ref === "item.limit" ? (result?.limit ?? null) : figure(limit.ref);
  return { lo: fits?.lo ?? resolve(item.lo), hi: fits?.hi ?? resolve(item.hi) };
}

/** Whether somebody has to enter the limit beside the value, and on which side it lies. */
export function enteredLimit(item: ChecklistItem): "lo" | "hi" | null {
  const entered = (limit: ChecklistItem["lo"]) => typeof limit === "object" && limit !== null && limit.ref === "item.limit";
  return entered(item.lo) ? "lo" : entered(item.hi) ? "hi" : null;
}

/** The items of this inspection: not those judged elsewhere, and in a later round only what has to be looked at again. */
export function itemsOf(checklist: Checklist, again: ReadonlySet<string> | null): ChecklistItem[] {
  return checklist.items.filter((item) => item.judgedAt === undefined && (again === null || again.has(item.code)));
}

/** Inside the limits, outside, or nothing to say. The server judges again; this is for the person holding the instrument. */
export function judgeValue(value: unknown, { lo, hi }: Limits): "pass" | "fail" | null {
  if (typeof value !== "number" || Number.isNaN(value) || (lo === null && hi === null)) return null;
  return (lo === null || value >= lo) && (hi === null || value <= hi) ? "pass" : "fail";
}

export function limitText({ lo, hi }: Limits, unit: string | null | undefined): string | null {
  const u = unit ? ` ${unit}` : "";
  if (lo !== null && hi !== null) return lo === hi ? `= ${lo}${u}` : `${lo} – ${hi}${u}`;
  if (lo !== null) return `≥ ${lo}${u}`;
  if (hi !== null) return `≤ ${hi}${u}`;
  return null;
}

export interface Tally {
  total: number;
  answered: number;
  failed: number;
  critical: number;
}

export function tally(items: ChecklistItem[], results: Map<string, ItemResult>): Tally {
  let [answered, failed, critical] = [0, 0, 0];
  for (const item of items) {
    const result = results.get(item.code)?.result;
    if (result && result !== "unchecked") answered++;
    if (result === "fail") {
      failed++;
      if (item.severity === "C") critical++;
    }
  }
  return { total: items.length, answered, failed, critical };
}

/** Groups in the order of the paper sheet. */
export function groupsOf(items: ChecklistItem[], say: (text: ChecklistItem["group"]) => string) {
  const groups = new Map<string, ChecklistItem[]>();
  for (const item of items) {
    const name = say(item.group);
    const list = groups.get(name);
    if (list) list.push(item);
    else groups.set(name, [item]);
  }
  return [...groups].map(([name, items]) => ({ name, items }));
}

/** Texts of checklists are keyed `zh` and `en`. */
export function inLanguage(text: string | Record<string, string> | null | undefined, language: string): string {
  if (text === null || text === undefined) return "";
  if (typeof text === "string") return text;
  return (language === "en" ? text["en"] : (text["zh"] ?? text["zh-CN"])) ?? text["zh"] ?? text["zh-CN"] ?? text["en"] ?? "";
}

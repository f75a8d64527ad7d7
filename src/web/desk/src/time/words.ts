import type { TFunction } from "i18next";
import { currentLanguage } from "../i18n";

/** Statutory time: limits and working days are reckoned in it, wherever the browser stands. China has no summer time. */
export const zone = "Asia/Shanghai";
const offset = "+08:00";

const locale = () => (currentLanguage() === "en" ? "en-GB" : "zh-CN");
const sameYear = (a: Date, b: Date) => a.toLocaleDateString("en", { year: "numeric", timeZone: zone }) === b.toLocaleDateString("en", { year: "numeric", timeZone: zone });

/** Day and time, the year only when it is another one. */
export function when(iso: string, now = new Date()): string {
  const at = new Date(iso);
  return new Intl.DateTimeFormat(locale(), {
    timeZone: zone, ...(sameYear(at, now) ? {} : { year: "numeric" }), month: currentLanguage() === "en" ? "short" : "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).format(at);
}

/** To the second, for a record somebody may have to answer for. */
export const exactly = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(new Date(iso));

export const dayOf = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(iso));

/** The two largest units that matter: 3 天 4 小时, 25 分钟. */
export function span(milliseconds: number, t: TFunction): string {
  const minutes = Math.max(0, Math.floor(Math.abs(milliseconds) / 60_000));
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (d >= 3) return t("time.days", { count: d });
  if (d > 0) return h > 0 ? t("time.daysHours", { d: t("time.days", { count: d }), h: t("time.hours", { count: h }) }) : t("time.days", { count: d });
  if (h > 0) return t("time.hours", { count: h });
  return t("time.minutes", { count: m });
}

export interface DueWords {
  /** `none` when no limit applies. */
  level: "none" | "ok" | "soon" | "late";
  words: string;
}

/**
 * How a due time is said. The server decides what is late or soon (it knows the calendar and pauses); the desk only
 * lets a task become late that passed its due time since it was read.
 */
export function dueWords(dueAt: string | null | undefined, late: "none" | "soon" | "late", now: Date, t: TFunction): DueWords {
  if (!dueAt) return { level: "none", words: t("due.none") };
  const left = new Date(dueAt).getTime() - now.getTime();
  if (left < 0 || late === "late") return { level: "late", words: t("due.late", { span: span(left, t) }) };
  return { level: late === "soon" ? "soon" : "ok", words: t(late === "soon" ? "due.soon" : "due.left", { span: span(left, t) }) };
}

/** What `<input type="datetime-local">` shows for an instant, and back. */
export function localOf(iso: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
  return parts.replace(" ", "T");
}

export const instantOf = (local: string) => `${local.length === 16 ? `${local}:00` : local}${offset}`;

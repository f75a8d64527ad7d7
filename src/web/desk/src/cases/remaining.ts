import type { TFunction } from "i18next";
import { span } from "../time/words";

/** What is left as the server says it: an ISO 8601 duration, or a count with its unit such as `3 WD`. */
export function remainingWords(remaining: string, t: TFunction): string {
  const days = remaining.match(/^(-?\d+(?:\.\d+)?)\s*(WD|CD)$/);
  if (days) return t(days[2] === "WD" ? "time.workingDays" : "time.days", { count: Number(days[1]) });
  const iso = remaining.match(/^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/);
  if (!iso) return remaining;
  const [, , d = "0", h = "0", m = "0", s = "0"] = iso;
  return span(((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60_000 + Number(s) * 1000, t);
}

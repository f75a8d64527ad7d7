import en from "../../../../../workflows/shared/i18n/en.json";
import zh from "../../../../../workflows/shared/i18n/zh-CN.json";
import pauses from "../../../../../workflows/shared/policies/pause-codes.json";
import { currentLanguage } from "../i18n";

// Names and pause rules are the process owner's data; the build takes them from where he keeps them.
const names = () => (currentLanguage() === "en" ? en : zh);

export const policyItemName = (code: string): string | null => (names().policyItems as Record<string, string>)[code] ?? null;

export function pauseName(code: string): string | null {
  const name = pauses.codes.find((p) => p.code === code)?.name;
  return name ? name[currentLanguage()] : null;
}

/** Whether a pause of this code stops the clock, by the table of pause codes; a step's own clock runs through all of them. */
export function pauseStops(pauseCode: string, clock: string): boolean {
  const stops = pauses.codes.find((p) => p.code === pauseCode)?.stops ?? [];
  if (clock === "WHOLE") return stops.includes("Whole");
  return (clock === "SUPPLIER" || clock.startsWith("STAGE:")) && stops.includes("Supplier");
}

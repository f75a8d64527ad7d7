import type { CaseData, Form } from "@powerworkflow/api-client";

const roundOf = (key: string) => Number(key.match(/#(\d+)$/)?.[1] ?? 1);
const baseOf = (key: string) => key.replace(/#\d+$/, "");

/**
 * Under which key each section of the form is stored now: a section with rounds is `INSP` in the first and `INSP#2` in
 * the second; the server names the running round by having its key among the values.
 */
export function keysOf(form: Form, sections: string[], values: CaseData): Map<string, string> {
  return new Map(sections.map((section) => {
    const rounds = form.writes.includes(`${section}#`) ? Object.keys(values).filter((key) => baseOf(key) === section) : [];
    return [section, rounds.reduce((latest, key) => (roundOf(key) > roundOf(latest) ? key : latest), section)];
  }));
}

/** From the form's names to the stored keys, and back. */
export const stored = (keys: Map<string, string>, data: CaseData): CaseData => Object.fromEntries([...keys].map(([section, key]) => [key, data[section] ?? {}]));
/** The same for what is sent: sections without an answer stay out. */
export const sent = (keys: Map<string, string>, data: CaseData): CaseData => Object.fromEntries([...keys].filter(([section]) => data[section] !== undefined).map(([section, key]) => [key, data[section]!]));
export const shown = (keys: Map<string, string>, data: CaseData): CaseData => Object.fromEntries([...keys].map(([section, key]) => [section, data[key] ?? {}]));

/**
 * What a later round of an inspection looks at again: what the round before asked for, and what the rectification
 * touched. Null in the first round, and when the round before did not say.
 */
export function lookAgain(keys: Map<string, string>, values: CaseData): ReadonlySet<string> | null {
  for (const key of keys.values()) {
    const round = roundOf(key);
    if (round < 2) continue;
    const section = baseOf(key);
    const before = values[round === 2 ? section : `${section}#${round - 1}`] as { toReinspect?: string[] } | undefined;
    if (!before?.toReinspect) continue;
    const affected = Object.values(values).flatMap((v) => (v as { affected?: string[] } | null)?.affected ?? []);
    return new Set([...before.toReinspect, ...affected]);
  }
  return null;
}

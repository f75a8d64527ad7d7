import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { FileList } from "../forms/widgets/FileInput";
import { enumLabel } from "../forms/schema";
import { currentLanguage } from "../i18n";
import { when } from "../time/words";
import type { CaseLabels } from "./useCaseLabels";

interface Props {
  data: Record<string, unknown>;
  labels: CaseLabels;
  caseId: string;
  compact?: boolean;
}

/** Recorded data in words: labels for codes, units beside figures, names for ids. */
export function DataSections({ data, labels, caseId, compact = false }: Props) {
  const { t } = useTranslation();
  const people = useQuery({ queryKey: ["people", {}], queryFn: () => api.people.search({}), staleTime: 5 * 60_000 });
  const nameOf = (id: string) => people.data?.find((p) => p.id === id)?.name ?? id;
  const sections = Object.entries(data).filter(([, value]) => typeof value === "object" && value !== null && Object.keys(value).length > 0);
  if (sections.length === 0) return <p className="muted">{t("data.none")}</p>;
  return (
    <div className={compact ? "data data-compact" : "data"}>
      {sections.map(([section, value]) => {
        const round = section.match(/#(\d+)$/)?.[1];
        const title = labels.label([section]) ?? section;
        return (
          <section key={section} aria-label={title}>
            <h3>{title}{round && <span className="muted"> {t("data.round", { no: round })}</span>}</h3>
            <Fields value={value as Record<string, unknown>} path={[section]} labels={labels} caseId={caseId} nameOf={nameOf} />
          </section>
        );
      })}
    </div>
  );
}

interface ValueProps {
  path: (string | number)[];
  labels: CaseLabels;
  caseId: string;
  nameOf: (id: string) => string;
}

function Fields({ value, ...at }: ValueProps & { value: Record<string, unknown> }) {
  return (
    <dl className="data-list">
      {Object.entries(value).filter(([, v]) => v !== null && v !== undefined && v !== "").map(([key, v]) => {
        const path = [...at.path, key];
        const wide = typeof v === "object";
        return (
          <div key={key} className={wide ? "data-wide" : ""}>
            <dt>{at.labels.label(path) ?? key}</dt>
            <dd><Value {...at} path={path} value={v} /></dd>
          </div>
        );
      })}
    </dl>
  );
}

function Value({ value, ...at }: ValueProps & { value: unknown }): ReactNode {
  const { t } = useTranslation();
  const schema = at.labels.schema(at.path);
  const widget = String(schema?.["x-widget"] ?? "");
  if (typeof value === "boolean") return t(value ? "form.yes" : "form.no");
  if (typeof value === "number") return <span className="mono">{value}{typeof schema?.["x-unit"] === "string" && <span className="unit"> {schema["x-unit"]}</span>}</span>;
  if (typeof value === "string") {
    if (schema?.enum) return enumLabel(schema, value, currentLanguage());
    if (widget === "person") return at.nameOf(value);
    if (widget === "file" || widget === "signature" || widget === "photo") return <FileList ids={[value]} caseId={at.caseId} />;
    if (schema?.["format"] === "date-time" || (!schema && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value))) return <time dateTime={value}>{Number.isNaN(Date.parse(value)) ? value : when(value)}</time>;
    return value;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return "–";
    if (widget === "persons") return (value as string[]).map(at.nameOf).join("、");
    if (widget === "files" || widget === "photo") return <FileList ids={value as string[]} caseId={at.caseId} />;
    if (widget === "checklist") return <ChecklistResults results={value as { code: string; result?: string; value?: unknown; unit?: string; note?: string }[]} />;
    if (value.every((v) => typeof v !== "object")) return value.map((v) => (schema?.items?.enum ? enumLabel(schema.items, v, currentLanguage()) : String(v))).join("、");
    return <ol className="data-items">{value.map((v, i) => <li key={i}>{typeof v === "object" && v !== null ? <Fields {...at} path={[...at.path, i]} value={v as Record<string, unknown>} /> : String(v)}</li>)}</ol>;
  }
  if (typeof value === "object" && value !== null) {
    const { lat, lng, accuracy } = value as { lat?: number; lng?: number; accuracy?: number };
    if (typeof lat === "number" && typeof lng === "number") return <span className="mono">{lat}, {lng}{accuracy !== undefined && ` ±${accuracy} m`}</span>;
    return <Fields {...at} value={value as Record<string, unknown>} />;
  }
  return "–";
}

/** The failed items in full, the rest as a figure. */
function ChecklistResults({ results }: { results: { code: string; result?: string; value?: unknown; unit?: string; note?: string }[] }) {
  const { t } = useTranslation();
  const failed = results.filter((r) => r.result === "fail");
  const count = (result: string) => results.filter((r) => r.result === result).length;
  return (
    <>
      <div>{t("data.checklist", { pass: count("pass"), fail: failed.length, na: count("na") })}</div>
      {failed.length > 0 && <ul className="data-failed">{failed.map((r) => <li key={r.code}><span className="mono">{r.code}</span> <span className="bad">{t("checklist.result.fail")}</span>{r.value !== undefined && <span className="mono"> {String(r.value)} {r.unit}</span>}{r.note && ` · ${r.note}`}</li>)}</ul>}
    </>
  );
}

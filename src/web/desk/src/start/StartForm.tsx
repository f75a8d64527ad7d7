import { ApiProblem, type DefinitionSummary, type Form, type Started } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import { useEffect, useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, useCommand } from "../app/api";
import { DataForm } from "../forms/DataForm";
import { focusField, fromServer, problemsOf } from "../forms/problems";
import { answered, prepareForm, withDefaults, type Schema } from "../forms/schema";
import { currentLanguage } from "../i18n";
import { useMe } from "../session/Session";
import { PageLoading, ProblemNote } from "../shell/states";
import type { FlatUnit } from "./StartCase";
import { useKeptInput } from "./useKeptInput";

interface Props {
  definition: DefinitionSummary;
  units: FlatUnit[];
  onStarted: (started: Started) => void;
}

const empty: Form = { code: "", version: 0, title: { "zh-CN": "", en: "" }, reads: [], writes: [], schema: { type: "object", properties: {} }, labels: {} };

export function StartForm(props: Props) {
  const code = props.definition.startForm;
  const form = useQuery({
    queryKey: ["form", props.definition.definitionId, code], staleTime: 60 * 60_000, enabled: code !== null,
    queryFn: () => (code!.includes("/") ? api.definitions.form(...(code!.split("/") as [string, string])) : api.definitions.form(props.definition.definitionId, code!)),
  });
  if (code !== null && form.isPending) return <PageLoading />;
  if (form.isError) return <div className="page"><ProblemNote error={form.error} /></div>;
  return <Application {...props} form={form.data ?? empty} />;
}

interface Input_ {
  unit: string | null;
  name: string;
  number: string;
  data: Record<string, unknown>;
}

function Application({ definition, units, onStarted, form }: Props & { form: Form }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const ids = { unit: useId(), name: useId(), number: useId() };
  const prepared = useMemo(() => prepareForm(form, currentLanguage()), [form, i18n.language]); // eslint-disable-line react-hooks/exhaustive-deps
  // A case belongs to an operating unit at or beneath one the person works for, not to a department.
  const offered = units.filter((u) => u.kind !== "部门" && (me.units.includes(u.code) || u.parents.some((p) => me.units.includes(p))));
  const [input, setInput, forget] = useKeptInput<Input_>(`pw-start:${me.personId}:${definition.definitionId}`, { unit: offered.find((u) => me.units.includes(u.code))?.code ?? null, name: "", number: "", data: withDefaults(form.schema as Schema, {}) });
  const [attempted, setAttempted] = useState(false);
  const [refused, setRefused] = useState<{ errors: Record<string, string[]>; given: string } | null>(null);
  const given = JSON.stringify(input.data);

  // The application form asks for the customer already; the header then follows it instead of asking twice.
  const fromForm = customerOf(input.data);
  const asksName = !hasField(form, "CUST", "custName");
  const name = asksName ? input.name : (fromForm.name ?? "");
  const theirs = refused?.given === given ? fromServer(prepared, refused.errors, t) : [];
  const problems = [...theirs, ...problemsOf(prepared, input.data, t).filter((p) => !theirs.some((q) => q.path === p.path))];

  const start = useCommand(
    (body: Input_, commandId) => api.cases.start({
      process: definition.definitionId, unit: body.unit!, customer: { name: name.trim(), ...((asksName ? body.number : fromForm.number) && { number: (asksName ? body.number : fromForm.number)! }) },
      inputs: {}, data: answered(form.schema as Schema, body.data), commandId,
    }),
    {
      onSuccess: (out) => {
        forget();
        onStarted(out);
      },
      onError: (error) => {
        if (!(error instanceof ApiProblem) || Object.keys(error.errors).length === 0) return;
        setRefused({ errors: error.errors, given });
        const [first] = fromServer(prepared, error.errors, t);
        if (first) setTimeout(() => focusField(first.path), 50);
      },
    },
  );
  useEffect(() => { if (start.error) document.getElementById("start-problem")?.scrollIntoView({ block: "center" }); }, [start.error]);

  const submit = () => {
    setAttempted(true);
    if (input.unit === null) return document.getElementById(ids.unit)?.focus();
    if (asksName && input.name.trim() === "") return document.getElementById(ids.name)?.focus();
    const [first] = problems;
    if (first) return void setTimeout(() => focusField(first.path), 50);
    start.mutate(input);
  };

  return (
    <div className="page task-page">
      <nav className="crumbs" aria-label={t("shell.crumbs")}><Link to="/start">{t("start.title")}</Link></nav>
      <header className="facts"><div className="facts-title"><h1>{definition.name}</h1></div>{definition.description && <p className="muted">{definition.description}</p>}</header>
      <div className="task-form">
        {attempted && problems.length > 0 && (
          <div className="note note-bad" role="alert">
            <strong>{t("form.problems", { count: problems.length })}</strong>
            <ul>{problems.slice(0, 8).map((p) => <li key={`${p.path}${p.message}`}><button type="button" className="link" onClick={() => focusField(p.path)}>{p.label}</button> {p.message}</li>)}</ul>
            {problems.length > 8 && <div>{t("form.problemsMore", { count: problems.length - 8 })}</div>}
          </div>
        )}
        <section className="section" aria-labelledby="start-head">
          <h3 id="start-head">{t("start.head")}</h3>
          <div className="fields">
            <div className={`field ${attempted && input.unit === null ? "field-bad" : ""}`}>
              <label className="field-label" htmlFor={ids.unit}>{t("start.unit")}</label>
              <Select id={ids.unit} className="full" value={input.unit} onChange={(unit) => setInput({ ...input, unit })} placeholder={t("form.choose")} showSearch={offered.length > 8 ? { optionFilterProp: "label" } : false}
                options={offered.map((u) => ({ value: u.code, label: `${"　".repeat(Math.max(0, u.depth - (offered[0]?.depth ?? 0)))}${u.name}` }))} />
              <div className="field-foot">{attempted && input.unit === null && <span className="field-error">{t("form.rule.required")}</span>}</div>
            </div>
            {asksName && (
              <>
                <div className={`field ${attempted && input.name.trim() === "" ? "field-bad" : ""}`}>
                  <label className="field-label" htmlFor={ids.name}>{t("start.customer")}</label>
                  <Input id={ids.name} value={input.name} maxLength={100} onChange={(e) => setInput({ ...input, name: e.target.value })} />
                  <div className="field-foot">{attempted && input.name.trim() === "" && <span className="field-error">{t("form.rule.required")}</span>}</div>
                </div>
                <div className="field">
                  <label className="field-label" htmlFor={ids.number}>{t("start.number")}</label>
                  <Input id={ids.number} className="mono" value={input.number} maxLength={20} onChange={(e) => setInput({ ...input, number: e.target.value })} />
                  <div className="field-foot" />
                </div>
              </>
            )}
          </div>
        </section>
        <DataForm form={form} prepared={prepared} values={input.data} onChange={(data) => setInput({ ...input, data })} problems={problems} attempted={attempted} />
        {start.error && <div id="start-problem"><ProblemNote error={start.error} /></div>}
      </div>
      <footer className="outcomes">
        <div className="outcomes-bar">
          <span className="draft" role="status">{t("start.kept")}</span>
          <span className="spacer" />
          <Button type="primary" loading={start.isPending} onClick={submit}>{t("start.submit")}</Button>
        </div>
      </footer>
    </div>
  );
}

function hasField(form: Form, section: string, field: string): boolean {
  const properties = (form.schema["properties"] as Record<string, { properties?: Record<string, unknown> }> | undefined)?.[section]?.properties;
  return properties !== undefined && field in properties;
}

function customerOf(data: Record<string, unknown>): { name: string | null; number: string | null } {
  const customer = data["CUST"] as { custName?: string; custNo?: string } | undefined;
  return { name: customer?.custName ?? null, number: customer?.custNo ?? null };
}

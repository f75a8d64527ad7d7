import type { DefinitionSummary, Started, Unit } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useState } from "react";
import { api } from "../app/api";
import { Empty, ListLoading, PageLoading, ProblemPage } from "../shell/states";
import { StartForm } from "./StartForm";
import { when } from "../time/words";

export default function StartCase() {
  const { definitionId } = useParams();
  const definitions = useQuery({ queryKey: ["definitions"], queryFn: api.definitions.list, staleTime: 5 * 60_000 });
  const units = useQuery({ queryKey: ["units"], queryFn: api.people.units, staleTime: 5 * 60_000, enabled: definitionId !== undefined });
  const [started, setStarted] = useState<Started | null>(null);
  if (definitions.isError) return <ProblemPage error={definitions.error} onRetry={() => void definitions.refetch()} />;
  if (definitionId === undefined) return <Choose definitions={definitions.data ?? null} />;
  const chosen = definitions.data?.find((d) => d.definitionId === definitionId);
  if (definitions.isPending || units.isPending) return <PageLoading />;
  if (started) return <Begun started={started} />;
  if (!chosen) return <Choose definitions={definitions.data} />;
  return <StartForm definition={chosen} units={flatten(units.data ?? [])} onStarted={setStarted} />;
}

function Choose({ definitions }: { definitions: DefinitionSummary[] | null }) {
  const { t } = useTranslation();
  const startable = definitions?.filter((d) => d.canStart) ?? [];
  return (
    <div className="page">
      <div className="page-head"><h1>{t("start.title")}</h1></div>
      <p className="muted">{t("start.choose")}</p>
      {definitions === null ? <ListLoading rows={4} /> : startable.length === 0 ? <Empty title={t("start.none")} /> : (
        <ul className="processes">
          {startable.map((d) => (
            <li key={d.definitionId}>
              <Link to={`/start/${d.definitionId}`}>{d.name}</Link>
              {d.description && <p>{d.description}</p>}
              <span className="muted">{t("case.version", { version: d.version })}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Begun({ started }: { started: Started }) {
  const { t } = useTranslation();
  const [task] = started.tasks;
  return (
    <div className="page">
      <div className="completed" role="status">
        <h1>{t("start.done", { number: started.case.number })}</h1>
        <ul className="completed-steps">
          {started.case.waitingAt.map((w) => <li key={`${w.step}${w.since}`}><strong>{w.title}</strong> <span className="muted">{[w.roleName ?? w.role, w.dueAt && t("completed.due", { at: when(w.dueAt) })].filter(Boolean).join(" · ")}</span></li>)}
        </ul>
        <div className="state-actions">
          {task && <Link className="button-link button-link-primary" to={`/tasks/${task.id}`}>{t("completed.next", { title: task.title })}</Link>}
          <Link className="button-link" to={`/cases/${started.case.id}`}>{t("completed.toCase")}</Link>
          <Link to="/tasks">{t("state.toTasks")}</Link>
        </div>
      </div>
    </div>
  );
}

export interface FlatUnit {
  code: string;
  name: string;
  kind: string;
  depth: number;
  parents: string[];
}

export function flatten(units: Unit[], depth = 0, parents: string[] = []): FlatUnit[] {
  return units.flatMap((u) => [{ code: u.code, name: u.name, kind: u.kind, depth, parents }, ...flatten(u.children ?? [], depth + 1, [...parents, u.code])]);
}

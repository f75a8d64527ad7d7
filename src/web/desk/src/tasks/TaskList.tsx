import type { TaskQuery } from "@powerworkflow/api-client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Input, Select, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { api } from "../app/api";
import { useMe } from "../session/Session";
import { useSearchText } from "../shell/useSearchText";
import { Empty, ListLoading, ProblemNote } from "../shell/states";
import { TaskRow } from "./TaskRow";

type Tab = "mine" | "role" | "overdue";

export default function TaskList() {
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const tab = (["mine", "role", "overdue"].includes(params.get("tab") ?? "") ? params.get("tab") : "mine") as Tab;
  const set = (changes: Record<string, string | undefined>) =>
    setParams((old) => {
      for (const [key, value] of Object.entries(changes)) if (value) old.set(key, value); else old.delete(key);
      return old;
    }, { replace: true });
  const [search, setSearch] = useSearchText(params.get("search") ?? "", (text) => set({ search: text }));

  const process = params.get("process") ?? undefined;
  const unit = params.get("unit") ?? undefined;
  const due = (params.get("due") ?? undefined) as TaskQuery["due"];
  const query: TaskQuery = {
    scope: tab === "mine" ? "mine" : tab === "role" ? "role" : "all",
    ...(tab === "overdue" ? { due: "overdue" as const } : due && { due }),
    ...(process && { process }), ...(unit && { unit }), ...(params.get("search") && { search: params.get("search")! }),
  };
  const tasks = useInfiniteQuery({
    queryKey: ["tasks", query],
    queryFn: ({ pageParam, signal }) => api.tasks.list({ ...query, take: 50, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (old) => old,
    refetchInterval: 60_000,
  });
  const definitions = useQuery({ queryKey: ["definitions"], queryFn: api.definitions.list, staleTime: 5 * 60_000 });

  const counts = tasks.data?.pages[0]?.counts;
  const label = (key: Tab) => (
    <span>{t(`tasks.tab.${key}`)} <span className={key === "overdue" && counts?.overdue ? "count count-late" : "count"}>{counts?.[key] ?? "–"}</span></span>
  );
  const items = tasks.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = !!(process || unit || due || params.get("search"));
  const units = [...new Map(me.roles.map((r) => [r.unit, r.unitName])).entries()];

  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("tasks.title")}</h1>
        {me.permissions.startProcesses.length > 0 && <Link to="/start" className="button-link">{t("nav.start")}</Link>}
      </div>
      <Tabs activeKey={tab} onChange={(key) => set({ tab: key })} items={(["mine", "role", "overdue"] as const).map((key) => ({ key, label: label(key) }))} />
      <div className="filters" role="search">
        <Input.Search allowClear value={search} onChange={(e) => setSearch(e.target.value)} placeholder={t("tasks.search")} aria-label={t("tasks.search")} />
        <Select allowClear placeholder={t("filter.process")} aria-label={t("filter.process")} value={process ?? null} onChange={(value) => set({ process: value ?? undefined })}
          options={definitions.data?.map((d) => ({ value: d.definitionId, label: d.name })) ?? []} />
        {units.length > 1 && (
          <Select allowClear placeholder={t("filter.unit")} aria-label={t("filter.unit")} value={unit ?? null} onChange={(value) => set({ unit: value ?? undefined })}
            options={units.map(([value, name]) => ({ value, label: name }))} />
        )}
        {tab !== "overdue" && (
          <Select allowClear placeholder={t("filter.due")} aria-label={t("filter.due")} value={due ?? null} onChange={(value) => set({ due: value ?? undefined })}
            options={(["overdue", "today", "week"] as const).map((value) => ({ value, label: t(`filter.dueOption.${value}`) }))} />
        )}
      </div>
      {tasks.isError && <ProblemNote error={tasks.error}><Button size="small" onClick={() => void tasks.refetch()}>{t("state.retry")}</Button></ProblemNote>}
      {tasks.isPending ? <ListLoading /> : items.length === 0 && !tasks.isError ? (
        <Empty title={filtered ? t("tasks.noneFound") : t(`tasks.none.${tab}`)}>
          {filtered ? <Button onClick={() => set({ process: undefined, unit: undefined, due: undefined, search: undefined })}>{t("filter.clear")}</Button>
            : tab === "mine" && !!counts?.role && <Button onClick={() => set({ tab: "role" })}>{t("tasks.seeRole", { count: counts.role })}</Button>}
        </Empty>
      ) : (
        <ul className="rows" aria-label={t(`tasks.tab.${tab}`)}>{items.map((task) => <TaskRow key={task.id} task={task} />)}</ul>
      )}
      {tasks.hasNextPage && <Button block className="more" loading={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>{t("list.more")}</Button>}
    </div>
  );
}

import type { CaseQuery, CaseSummary } from "@powerworkflow/api-client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { api } from "../app/api";
import { Empty, ListLoading, ProblemNote } from "../shell/states";
import { useSearchText } from "../shell/useSearchText";
import { Priority } from "../tasks/Due";
import { dayOf, when } from "../time/words";
import { CaseStatusTag } from "./CaseStatusTag";

export default function CaseList() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const set = (changes: Record<string, string | undefined>) =>
    setParams((old) => {
      for (const [key, value] of Object.entries(changes)) if (value) old.set(key, value); else old.delete(key);
      return old;
    }, { replace: true });
  const [search, setSearch] = useSearchText(params.get("search") ?? "", (text) => set({ search: text }));
  const get = (key: string) => params.get(key) ?? undefined;
  const query: CaseQuery = {
    ...(get("status") && { status: get("status")! }), ...(get("process") && { process: get("process")! }),
    ...(get("search") && { search: get("search")! }), ...(get("mine") && { mine: true }),
  };
  const cases = useInfiniteQuery({
    queryKey: ["cases", query],
    queryFn: ({ pageParam, signal }) => api.cases.list({ ...query, take: 50, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (old) => old,
  });
  const definitions = useQuery({ queryKey: ["definitions"], queryFn: api.definitions.list, staleTime: 5 * 60_000 });
  const items = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(query).length > 0;

  return (
    <div className="page">
      <div className="page-head"><h1>{t("cases.title")}</h1></div>
      <div className="filters" role="search">
        <Input.Search allowClear value={search} onChange={(e) => setSearch(e.target.value)} placeholder={t("cases.search")} aria-label={t("cases.search")} />
        <Select allowClear placeholder={t("filter.process")} aria-label={t("filter.process")} value={get("process") ?? null} onChange={(value) => set({ process: value ?? undefined })}
          options={definitions.data?.map((d) => ({ value: d.definitionId, label: d.name })) ?? []} />
        <Select allowClear placeholder={t("filter.status")} aria-label={t("filter.status")} value={get("status") ?? null} onChange={(value) => set({ status: value ?? undefined })}
          options={(["Running", "Finished", "Faulted", "Cancelled"] as const).map((value) => ({ value, label: t(`status.${value}`) }))} />
        <Checkbox checked={!!get("mine")} onChange={(e) => set({ mine: e.target.checked ? "1" : undefined })}>{t("cases.mine")}</Checkbox>
      </div>
      {cases.isError && <ProblemNote error={cases.error}><Button size="small" onClick={() => void cases.refetch()}>{t("state.retry")}</Button></ProblemNote>}
      {cases.isPending ? <ListLoading /> : items.length === 0 && !cases.isError ? (
        <Empty title={t(filtered ? "cases.noneFound" : "cases.none")}>
          {filtered && <Button onClick={() => setParams({}, { replace: true })}>{t("filter.clear")}</Button>}
        </Empty>
      ) : (
        <ul className="rows" aria-label={t("cases.title")}>{items.map((c) => <CaseRow key={c.id} item={c} />)}</ul>
      )}
      {cases.hasNextPage && <Button block className="more" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>{t("list.more")}</Button>}
    </div>
  );
}

function CaseRow({ item }: { item: CaseSummary }) {
  const { t } = useTranslation();
  const [first, ...rest] = item.waitingAt;
  return (
    <li className="row row-case-list">
      <div className="row-due"><CaseStatusTag status={item.status} /><span className="row-sub">{t("cases.startedOn", { day: dayOf(item.createdAt) })}</span></div>
      <div className="row-main">
        <Link to={`/cases/${item.id}`} className="row-title">{item.name ?? item.customer ?? item.number}</Link>
        <Priority priority={item.priority} />
        <div className="row-sub">{item.processName}</div>
      </div>
      <div className="row-who">
        {item.status === "Running" ? (
          <>
            <div>{first ? first.title : t("cases.waitingNowhere")}{rest.length > 0 && <span className="muted"> {t("cases.andMore", { count: rest.length })}</span>}</div>
            <div className="row-sub">{first && [first.roleName ?? first.role, first.dueAt && t("completed.due", { at: when(first.dueAt) })].filter(Boolean).join(" · ")}</div>
          </>
        ) : <div className="row-sub">{item.finishedAt && t("cases.endedOn", { day: dayOf(item.finishedAt) })}</div>}
      </div>
      <div className="row-case"><span className="mono">{item.number}</span><div className="row-sub">{item.unitName}</div></div>
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { Empty, ListLoading, ProblemNote } from "../shell/states";
import { useSearchText } from "../shell/useSearchText";
import { flatten } from "../start/StartCase";

/** Who works where in which role: to read, since the organisation is kept elsewhere. */
export default function People() {
  const { t } = useTranslation();
  const [applied, setApplied] = useState<string | undefined>();
  const [search, setSearch] = useSearchText("", setApplied);
  const [unit, setUnit] = useState<string | undefined>();
  const [role, setRole] = useState<string | undefined>();
  const units = useQuery({ queryKey: ["units"], queryFn: api.people.units, staleTime: 5 * 60_000 });
  const roles = useQuery({ queryKey: ["roles"], queryFn: api.people.roles, staleTime: 5 * 60_000 });
  const query = { ...(applied && { search: applied }), ...(unit && { unit }), ...(role && { role }) };
  const people = useQuery({ queryKey: ["people", query], queryFn: () => api.people.search(query), placeholderData: (old) => old, staleTime: 60_000 });
  const flat = flatten(units.data ?? []);

  return (
    <div className="page">
      <div className="page-head"><h1>{t("people.title")}</h1></div>
      <div className="filters" role="search">
        <Input.Search allowClear value={search} onChange={(e) => setSearch(e.target.value)} placeholder={t("people.search")} aria-label={t("people.search")} />
        <Select allowClear showSearch={{ optionFilterProp: "label" }} placeholder={t("filter.role")} aria-label={t("filter.role")} value={role ?? null} onChange={(value) => setRole(value ?? undefined)} options={roles.data?.map((r) => ({ value: r.code, label: r.name })) ?? []} />
      </div>
      <div className="people">
        <nav className="units" aria-label={t("people.units")}>
          <button type="button" aria-pressed={!unit} onClick={() => setUnit(undefined)}>{t("people.allUnits")}</button>
          {flat.map((u) => (
            <button key={u.code} type="button" aria-pressed={unit === u.code} style={{ paddingInlineStart: 12 + u.depth * 14 }} onClick={() => setUnit(u.code)}>{u.name}</button>
          ))}
        </nav>
        <div>
          {people.isError && <ProblemNote error={people.error} />}
          {people.isPending ? <ListLoading /> : people.data?.length === 0 ? <Empty title={t("people.none")} /> : (
            <ul className="person-list">
              {people.data?.map((p) => (
                <li key={p.id}>
                  <strong>{p.name}</strong> <span className="muted mono">{p.id}</span>
                  <div className="muted">{p.roles.map((r) => (typeof r === "string" ? r : `${r.roleName ?? r.role} · ${r.unitName ?? r.unit}`)).join("；") || t("people.noRole")}</div>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  );
}

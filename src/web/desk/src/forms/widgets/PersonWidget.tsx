import type { WidgetProps } from "@rjsf/utils";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../app/api";
import { useMe } from "../../session/Session";
import { described } from "./inputs";

/** One person or several, by name; the data holds their ids. */
export function PersonWidget(props: WidgetProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { id, value, readonly, disabled, onChange, onBlur, schema, rawErrors } = props;
  const several = schema.type === "array";
  const role = (schema as Record<string, unknown>)["x-role"];
  const [search, setSearch] = useState("");
  const query = { ...(search && { search }), ...(typeof role === "string" && { role }) };
  const people = useQuery({ queryKey: ["people", query], queryFn: () => api.people.search(query), placeholderData: (old) => old, staleTime: 5 * 60_000 });
  const known = new Map([[me.personId, me.name], ...(people.data ?? []).map((p) => [p.id, p.name] as const)]);
  const chosen = several ? ((value as string[] | undefined) ?? []) : value ? [value as string] : [];
  const options = [...new Set([...chosen, ...(people.data ?? []).map((p) => p.id)])].map((person) => {
    const found = people.data?.find((p) => p.id === person);
    return { value: person, label: known.get(person) ?? person, place: [found?.roles?.[0]?.roleName, found?.unitName ?? found?.roles?.[0]?.unitName].filter(Boolean).join(" · ") };
  });
  const addMe = () => onChange(several ? [...chosen, me.personId] : me.personId);

  return (
    <span className="person-picker">
      <Select
        id={id}
        className="full"
        value={several ? chosen : (value ?? null)}
        {...(several ? { mode: "multiple" as const } : {})}
        allowClear
        showSearch={{ filterOption: false, onSearch: setSearch }}
        placeholder={t("form.choosePerson")}
        loading={people.isFetching}
        disabled={!!disabled || !!readonly}
        {...(rawErrors?.length ? { status: "error" as const } : {})}
        options={options}
        optionRender={(option) => <span>{option.label}{option.data.place && <span className="muted"> {option.data.place}</span>}</span>}
        notFoundContent={people.isFetching ? t("state.loading") : t("form.nobody")}
        onChange={(next: string | string[] | null) => onChange(next === null || next === undefined || next.length === 0 ? undefined : next)}
        onBlur={() => onBlur(id, value)}
        {...described(props)}
      />
      {!readonly && !disabled && !chosen.includes(me.personId) && <Button onClick={addMe}>{t("form.me")}</Button>}
    </span>
  );
}

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { Empty, ListLoading, ProblemNote } from "../shell/states";
import { exactly } from "../time/words";

/** The record as it was written, link by link of its chain. */
export function Journal({ caseId }: { caseId: string }) {
  const { t, i18n } = useTranslation();
  const journal = useInfiniteQuery({
    queryKey: ["case", caseId, "journal"],
    queryFn: ({ pageParam }) => api.cases.journal(caseId, pageParam, 100),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (journal.isPending) return <ListLoading rows={4} />;
  if (journal.isError) return <ProblemNote error={journal.error} />;
  const items = journal.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={t("journal.none")} />;
  const kind = (code: string) => (i18n.exists(`journal.kind.${code}`) ? t(`journal.kind.${code as "TaskCompleted"}`) : code);
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t("case.tab.journal")}>
        <table className="journal">
          <thead><tr><th>{t("journal.no")}</th><th>{t("journal.at")}</th><th>{t("journal.what")}</th><th>{t("journal.who")}</th><th>{t("journal.detail")}</th><th>{t("journal.hash")}</th></tr></thead>
          <tbody>
            {items.map((entry) => (
              <tr key={entry.sequence}>
                <td className="mono">{entry.sequence}</td>
                <td className="mono nowrap">{exactly(entry.at)}</td>
                <td>{kind(entry.kind)}{entry.activityTitle && <div className="muted">{entry.activityTitle}</div>}</td>
                <td>{entry.actor === null || entry.actor === "system" ? t("journal.system") : (entry.actorName ?? entry.actor)}{entry.onBehalfOf && <div className="muted">{t("journal.onBehalfOf", { name: entry.onBehalfOf })}</div>}</td>
                <td className="journal-detail">{hasDetail(entry.detail) && <code>{typeof entry.detail === "string" ? entry.detail : JSON.stringify(entry.detail)}</code>}</td>
                <td className="mono" title={entry.hash}>{entry.hash.slice(0, 10)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {journal.hasNextPage && <Button block className="more" loading={journal.isFetchingNextPage} onClick={() => void journal.fetchNextPage()}>{t("list.more")}</Button>}
    </>
  );
}

const hasDetail = (detail: unknown) => detail !== null && detail !== undefined && (typeof detail !== "object" || Object.keys(detail).length > 0);

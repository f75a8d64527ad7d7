import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../app/api";
import { Empty, ListLoading, ProblemNote } from "../shell/states";
import { when } from "../time/words";

/** The inbox: what the system told this person, newest first. */
export default function Messages() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const messages = useQuery({ queryKey: ["messages"], queryFn: api.messages.list, refetchInterval: 60_000 });
  const read = useMutation({ mutationFn: api.messages.markRead, onSuccess: () => void queries.invalidateQueries({ queryKey: ["messages"] }) });
  const words = (template: string) => (i18n.exists(`messages.template.${template}`) ? t(`messages.template.${template as "accepted"}`) : template);
  const unread = messages.data?.some((m) => m.readAt === null);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t("messages.title")}</h1>
        {unread && <Button loading={read.isPending} onClick={() => read.mutate()}>{t("messages.markRead")}</Button>}
      </div>
      {messages.isError && <ProblemNote error={messages.error} />}
      {read.error && <ProblemNote error={read.error} />}
      {messages.isPending ? <ListLoading rows={4} /> : messages.data?.length === 0 ? <Empty title={t("messages.none")} /> : (
        <ul className="rows">
          {messages.data?.map((m) => (
            <li key={m.id} className="message">
              <span className={m.readAt === null ? "status status-running" : "status"}>{t(m.readAt === null ? "messages.unread" : "messages.read")}</span>
              <div>
                {m.caseId ? <Link className="row-title" to={`/cases/${m.caseId}`}>{words(m.template)}</Link> : <strong>{words(m.template)}</strong>}
                <div className="row-sub">{textOf(m.data)}</div>
              </div>
              <time className="row-sub" dateTime={m.at}>{when(m.at)}</time>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The plain words a message carries, such as the case's number and title. */
const textOf = (data: unknown) =>
  typeof data === "object" && data !== null ? Object.values(data).filter((v) => typeof v === "string" && !/^\d{4}-\d\d-\d\dT/.test(v)).join(" · ") : "";

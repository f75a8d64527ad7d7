import type { Judgement, TaskDetail } from "@powerworkflow/api-client";
import { RollbackOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Intent } from "./CompletionDialog";

interface Props {
  task: TaskDetail;
  judgement: Judgement | null;
  onIntend: (intent: Intent) => void;
  children: ReactNode;
}

/** The decisions of a step as buttons, always within reach of the thumb, with why one is not open. */
export function OutcomeBar({ task, judgement, onIntend, children }: Props) {
  const { t } = useTranslation();
  const permitted = (code: string) => judgement === null || judgement.permitted.includes(code);
  const closed = task.outcomes.filter((o) => !permitted(o.code));
  const first = task.outcomes.find((o) => permitted(o.code));
  const label = (code: string, text: string) => (code === "Done" && (text === "Done" || text === "") ? t("task.done") : text);
  return (
    <footer className="outcomes">
      {judgement && (judgement.reasons.length > 0 || closed.length > 0) && (
        <details className="judge">
          <summary role="status"><strong>{t("judge.title")}</strong> {judgement.reasons[0]?.message ?? t("judge.notPermitted")}{judgement.reasons.length > 1 && <span className="muted"> {t("judge.more", { count: judgement.reasons.length - 1 })}</span>}</summary>
          <ul>{judgement.reasons.slice(1).map((r) => <li key={`${r.code}${r.message}`}>{r.message}</li>)}</ul>
        </details>
      )}
      <div className="outcomes-bar">
        {children}
        <span className="spacer" />
        {task.returnTargets.length > 0 && (
          <Dropdown trigger={["click"]} menu={{ items: task.returnTargets.map((r) => ({ key: r.id, label: r.label, onClick: () => onIntend({ outcome: task.outcomes[0]?.code ?? "Done", label: r.label, returnTo: r.id }) })) }}>
            <Button icon={<RollbackOutlined />}>{t("task.return")}</Button>
          </Dropdown>
        )}
        {[...task.outcomes].reverse().map((o) => (
          <Button key={o.code} type={o === first ? "primary" : "default"} disabled={!permitted(o.code)} title={permitted(o.code) ? undefined : t("judge.notPermitted")} data-outcome={o.code}
            onClick={() => onIntend({ outcome: o.code, label: label(o.code, o.label) })}>
            {label(o.code, o.label)}
          </Button>
        ))}
      </div>
    </footer>
  );
}

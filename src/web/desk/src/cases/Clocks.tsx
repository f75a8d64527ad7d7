import type { Clock, JournalItem } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { Empty } from "../shell/states";
import { when } from "../time/words";
import { useNow } from "../time/useNow";
import { ClockLine } from "./ClockLine";
import { recordOf } from "./clockRecord";
import { remainingWords } from "./remaining";
import { pauseName, pauseStops, policyItemName } from "./shared";

interface Props {
  caseId: string;
  clocks: Clock[];
  /** Label of a step by its code. */
  stepName: (step: string) => string | null;
}

/** The time limits of a case: the customer's first, then the steps' own; how each stands in words, and drawn to scale. */
export function Clocks({ caseId, clocks, stepName }: Props) {
  const { t } = useTranslation();
  const journal = useQuery({ queryKey: ["case", caseId, "journal", "clocks"], queryFn: () => wholeJournal(caseId) });
  if (clocks.length === 0) return <Empty title={t("clock.none")} />;
  const steps = clocks.filter((c) => c.code.startsWith("STEP:"));
  const limits = clocks.filter((c) => !c.code.startsWith("STEP:"));
  const list = (part: Clock[]) => (
    <ul className="clocks">
      {part.map((clock) => <OneClock key={`${clock.code}${clock.startedAt}`} clock={clock} journal={journal.data ?? []} stepName={stepName} />)}
    </ul>
  );
  return (
    <>
      {list(limits)}
      {steps.length > 0 && <details className="clock-steps"><summary>{t("clock.steps", { count: steps.length })}</summary>{list(steps)}</details>}
    </>
  );
}

function OneClock({ clock: given, journal, stepName }: { clock: Clock; journal: JournalItem[]; stepName: Props["stepName"] }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const record = recordOf(given, journal, pauseStops);
  const clock: Clock = {
    ...given, stoppedAt: given.stoppedAt ?? record?.stoppedAt ?? null,
    intervals: (given.intervals ?? record?.intervals ?? []).map((i) => (i.pauseCode ? { ...i, pauseName: i.pauseName ?? pauseName(i.pauseCode) } : i)),
  };
  const [family, rest] = clock.code.split(/:(.*)/);
  const name = clock.name ?? (family === "STEP" ? stepName(rest ?? "") : family === "STAGE" ? policyItemName(rest ?? "") : i18n.exists(`clock.code.${clock.code}`) ? t(`clock.code.${clock.code as "SUPPLIER"}`) : null) ?? clock.code;
  const state = clock.state.toLowerCase();
  const stopped = clock.stoppedAt !== null || state === "stopped";
  const measured = clock.stoppedAt ?? (stopped ? null : now.toISOString());
  const late = clock.dueAt !== null && measured !== null && Date.parse(measured) > Date.parse(clock.dueAt);
  const inTime = stopped && measured !== null && clock.dueAt !== null && !late;
  const words = late ? t(stopped ? "clock.stoppedLate" : "clock.late") : inTime ? t("clock.state.met") : i18n.exists(`clock.state.${state}`) ? t(`clock.state.${state as "running"}`) : clock.state;
  const tone = late ? "faulted" : inTime ? "finished" : state === "paused" ? "paused" : stopped ? "cancelled" : "running";
  const unit = record?.kind && record.limit !== null && i18n.exists(`clock.unit.${record.kind}`, { count: record.limit }) ? t(`clock.unit.${record.kind as "WD"}`, { count: record.limit }) : null;
  return (
    <li className="clock">
      <div className="clock-head">
        <strong>{name}</strong>
        <span className={`status status-${tone}`}>{words}</span>
        {record?.policy && <span className="source">{[unit, record.policy].filter(Boolean).join(" · ")}</span>}
      </div>
      <div className="clock-facts">
        <span>{t("clock.started", { at: when(clock.startedAt) })}</span>
        {state === "paused" && clock.pausedBy && <span>{t("clock.pausedBy", { code: [clock.pausedBy, pauseName(clock.pausedBy)].filter(Boolean).join(" ") })}</span>}
        <span>{clock.dueAt ? t(clock.provisional ? "clock.dueProvisional" : "clock.due", { at: when(clock.dueAt) }) : t("due.none")}</span>
        {clock.remaining && !stopped && <span>{t("clock.remaining", { span: remainingWords(clock.remaining, t) })}</span>}
        {clock.stoppedAt && <span>{t("clock.stopped", { at: when(clock.stoppedAt) })}</span>}
      </div>
      {(measured !== null || clock.intervals!.length > 0) && <ClockLine clock={clock} now={now} />}
    </li>
  );
}

async function wholeJournal(caseId: string): Promise<JournalItem[]> {
  const items: JournalItem[] = [];
  for (let after: number | null = 0; after !== null;) {
    const page: { items: JournalItem[]; next: number | null } = await api.cases.journal(caseId, after, 200);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

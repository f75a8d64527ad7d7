import { ApiProblem, type Advanced, type CaseData, type Form, type TaskDetail } from "@powerworkflow/api-client";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, useCommand } from "../app/api";
import { DataForm } from "../forms/DataForm";
import { focusField, fromServer, problemsOf } from "../forms/problems";
import { prepareForm, withDefaults, answered } from "../forms/schema";
import { currentLanguage } from "../i18n";
import { useMe } from "../session/Session";
import { ProblemNote } from "../shell/states";
import { KnownData } from "./KnownData";
import { Completed } from "./Completed";
import { CompletionDialog, type Intent } from "./CompletionDialog";
import { DraftNote } from "./DraftNote";
import { EvidencePanel, noEvidence, type EvidenceInput } from "./EvidencePanel";
import { OutcomeBar } from "./OutcomeBar";
import { keysOf, lookAgain, sent, shown, stored } from "./rounds";
import { isStale, StaleTask } from "./StaleTask";
import { TaskFacts } from "./TaskFacts";
import { useDraft } from "./drafts";
import { useJudgement } from "./useJudgement";

const noForm: Form = { code: "", version: 0, title: { "zh-CN": "", en: "" }, reads: [], writes: [], schema: { type: "object", properties: {} }, labels: {} };

/** Everything one does with one task: take it, fill in the form, decide. */
export function TaskWork({ task, gone }: { task: TaskDetail; gone: ApiProblem | null }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const form = task.form ?? noForm;
  const prepared = useMemo(() => prepareForm(form, currentLanguage()), [form, i18n.language]); // eslint-disable-line react-hooks/exhaustive-deps
  const [keys] = useState(() => keysOf(form, prepared.sections, task.values));
  const [written] = useState(() => stored(keys, withDefaults(prepared.schema, shown(keys, task.values))));
  const draft = useDraft(me.personId, task.id, written, task.draft?.savedAt ?? null);
  const [attempted, setAttempted] = useState(false);
  const [intent, setIntent] = useState<Intent | null>(null);
  const [evidence, setEvidence] = useState<EvidenceInput>(noEvidence);
  const [attachments, setAttachments] = useState<string[]>([]);
  const [refused, setRefused] = useState<{ errors: Record<string, string[]>; given: string } | null>(null);
  const [done, setDone] = useState<Advanced | null>(null);

  const entered = shown(keys, draft.values);
  const own = problemsOf(prepared, entered, t);
  // The server's messages stand until what they are about is changed.
  const theirs = refused && refused.given === JSON.stringify(draft.values) ? fromServer(prepared, refused.errors, t) : [];
  const problems = [...theirs, ...own.filter((p) => !theirs.some((q) => q.path === p.path))];
  const data = sent(keys, answered(prepared.schema, entered) as CaseData);
  const again = useMemo(() => lookAgain(keys, { ...task.values, ...draft.values }), [keys, task.values, draft.values]);
  const judgement = useJudgement(task, data);
  const missingEvidence = task.evidence.filter((kind) =>
    kind === "photo" || kind === "document" ? evidence.files.length === 0 && attachments.length === 0 : kind === "position" ? !evidence.position : kind === "signature" ? !evidence.signature : false);

  const complete = useCommand(
    (input: Intent & { comment: string }, commandId) =>
      api.tasks.complete(task.id, {
        outcome: input.outcome, data,
        ...(input.returnTo && { returnTo: input.returnTo }), ...(input.comment && { comment: input.comment }),
        evidence: {
          deviceTime: new Date().toISOString(), ...(evidence.position && { position: evidence.position }),
          files: [...evidence.files, ...(evidence.signature ? [evidence.signature] : [])],
        },
        attachments, commandId,
      }),
    {
      onSuccess: (out) => {
        draft.close();
        setIntent(null);
        setDone(out);
      },
      leaves: ["task", task.id],
      onError: (error) => {
        if (!(error instanceof ApiProblem)) return;
        setIntent(null);
        if (Object.keys(error.errors).length > 0) {
          setAttempted(true);
          setRefused({ errors: error.errors, given: JSON.stringify(draft.values) });
          const [first] = fromServer(prepared, error.errors, t);
          if (first) setTimeout(() => focusField(first.path), 50);
          if (Object.keys(error.errors).some((key) => key.startsWith("evidence"))) document.getElementById("evidence")?.scrollIntoView({ block: "center" });
        }
      },
    },
  );
  const claim = useCommand((_: null, commandId) => api.tasks.claim(task.id, { commandId }));

  if (done) return <Completed task={task} out={done} />;

  const intend = (next: Intent) => {
    // Sending a case back, or stopping it, does not need a finished form; deciding it does.
    if (!next.returnTo) {
      setAttempted(true);
      const [first] = problems;
      if (first) return setTimeout(() => focusField(first.path), 50);
      if (missingEvidence.length > 0) return document.getElementById("evidence")?.scrollIntoView({ block: "center" });
    }
    complete.reset();
    setIntent(next);
  };
  const stale = gone ?? (isStale(complete.error) ? complete.error : null) ?? (isStale(claim.error) ? claim.error : null);
  const failure = stale ? null : (claim.error ?? (intent ? null : complete.error));
  const mine = task.claimedBy?.id === me.personId;
  const writable = task.canComplete && !stale;

  return (
    <>
      <TaskFacts task={task} />
      {stale && <StaleTask problem={stale}>{draft.state !== "clean" && <div>{t("stale.inputKept")}</div>}</StaleTask>}
      {failure && <ProblemNote error={failure} />}
      {!stale && !task.canComplete && task.whyNot && <div className="note">{task.whyNot}</div>}
      {!stale && task.canClaim && !mine && (
        <div className="note claim">
          <span>{t("task.claimHint")}</span>
          <Button type="primary" loading={claim.isPending} onClick={() => claim.mutate(null)}>{t("task.claim")}</Button>
        </div>
      )}
      {draft.recovered && writable && <div className="note">{t("draft.recovered")}</div>}

      <div className="task-columns">
        <div className="task-form">
          {attempted && problems.length > 0 && (
            <div className="note note-bad" role="alert">
              <strong>{t("form.problems", { count: problems.length })}</strong>
              <ul>
                {problems.slice(0, 8).map((p) => (
                  <li key={`${p.path}${p.message}`}><button type="button" className="link" onClick={() => focusField(p.path)}>{p.label}</button> {p.message}</li>
                ))}
              </ul>
              {problems.length > 8 && <div>{t("form.problemsMore", { count: problems.length - 8 })}</div>}
            </div>
          )}
          {task.form ? (
            <DataForm form={form} prepared={prepared} values={{ ...task.values, ...entered }} onChange={(next) => draft.change(stored(keys, next))}
              problems={problems} attempted={attempted} readOnly={!writable} again={again} caseId={task.caseId} taskId={task.id} />
          ) : <p className="muted">{t("task.noForm")}</p>}
          <EvidencePanel task={task} value={evidence} onChange={setEvidence} attachments={attachments} onAttachments={setAttachments} locked={!writable} missing={attempted ? missingEvidence : []} />
        </div>
        <KnownData task={task} form={form} written={[...keys.values()]} />
      </div>

      {writable && (
        <OutcomeBar task={task} judgement={judgement} onIntend={intend}>
          <DraftNote state={draft.state} savedAt={draft.savedAt} />
        </OutcomeBar>
      )}
      {intent && <CompletionDialog intent={intent} busy={complete.isPending} error={complete.error} onCancel={() => setIntent(null)} onConfirm={(comment) => complete.mutate({ ...intent, comment })} />}
    </>
  );
}

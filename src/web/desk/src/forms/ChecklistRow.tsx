import type { ChecklistItem, Language } from "@powerworkflow/api-client";
import { memo, useState } from "react";
import { useTranslation } from "react-i18next";
import { enteredLimit, inLanguage, judgeValue, limitText, type ItemResult, type Limits, type Result } from "./checklist";
import { Files } from "./widgets/FilesWidget";
import { Signature } from "./widgets/SignatureWidget";

interface Props {
  item: ChecklistItem;
  result: ItemResult | undefined;
  limits: Limits;
  language: Language;
  locked: boolean;
  caseId: string | null;
  taskId: string | null;
  error: string | null;
  onPatch: (code: string, change: Partial<ItemResult>) => void;
}

/** One item. Native controls on purpose: a sheet has more than a hundred of these. */
export const ChecklistRow = memo(function ChecklistRow({ item, result, limits, language, locked, caseId, taskId, error, onPatch }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const measured = item.kind === "num" || item.kind === "int" || item.kind === "number";
  const judged = judgeValue(result?.value, limits);
  const limit = limitText(limits, item.unit);
  const enters = enteredLimit(item);
  const decidedByValue = measured && (limit !== null || enters !== null);
  const name = inLanguage(item.item, language);
  const id = `check-${item.code}`;
  const details = opened || result?.result === "fail" || !!(result?.note || result?.photo?.length || result?.instrumentNo || result?.calibTo);
  const state = result?.result ?? "unchecked";
  const photos = Number(item.photo ?? 0);
  const entry = measured ? "text" : item.input === "date" || item.kind === "date" ? "date" : "text";
  const signs = item.input === "signature";

  const enterLimit = (text: string) => {
    const given = text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
    const verdict = judgeValue(result?.value, { ...limits, [enters!]: given ?? null });
    onPatch(item.code, { limit: given as never, ...(result?.value !== undefined ? { result: verdict ?? "unchecked" } : {}) });
  };
  const enter = (text: string) => {
    const value = text.trim() === "" ? undefined : measured && !Number.isNaN(Number(text)) ? Number(text) : text;
    const verdict = judgeValue(value, limits);
    onPatch(item.code, {
      value: value as never, unit: value === undefined ? undefined : (item.unit ?? undefined),
      ...(decidedByValue ? { result: verdict ?? "unchecked", naReason: undefined } : {}),
    } as Partial<ItemResult>);
  };
  const choose = (next: Result) => onPatch(item.code, { result: next, ...(next === "na" ? { value: undefined as never, unit: undefined as never } : { naReason: undefined as never }) });
  const choices: Result[] = decidedByValue ? ["na"] : ["pass", "fail", "na"];

  return (
    <div className={`check check-${state}`} data-item={item.code}>
      <div className="check-text">
        <span className="check-code mono">{item.code}</span>
        <div>
          <div id={`${id}-name`}>{name} <span className={`severity severity-${item.severity}`}>{t(`checklist.severity.${item.severity === "C" ? "critical" : "general"}`)}</span></div>
          <div className="muted check-criterion">
            {inLanguage(item.criterion, language)}{item.reference && <span title={t("checklist.reference")}> · {item.reference}</span>}
          </div>
        </div>
      </div>
      <div className="check-answer" role="group" aria-labelledby={`${id}-name`}>
        {signs && <Signature label={name} value={typeof result?.value === "string" ? result.value : null} locked={locked} caseId={caseId} taskId={taskId} onChange={(file) => onPatch(item.code, { value: file as never })} />}
        {!signs && (measured || item.kind === "text" || item.kind === "date") && (
          <span className="check-value">
            <input className="mono" {...(measured ? { inputMode: "decimal" as const } : {})} type={entry} aria-label={t("checklist.value", { code: item.code })} defaultValue={result?.value ?? ""}
              key={result?.result === "na" ? "na" : "value"} readOnly={locked} onChange={(e) => enter(e.target.value)} />
            {item.unit && <span className="unit">{item.unit}</span>}
          </span>
        )}
        {enters && (
          <label className="check-limit">{t(enters === "lo" ? "checklist.limitAtLeast" : "checklist.limitAtMost")} <input className="mono check-limit-entry" type="text" inputMode="decimal" defaultValue={result?.limit ?? ""} readOnly={locked} onChange={(e) => enterLimit(e.target.value)} /> {item.unit && <span className="unit">{item.unit}</span>}</label>
        )}
        {!enters && limit && <span className="check-limit mono">{limit}</span>}
        {decidedByValue && judged && <span className={`verdict verdict-${judged}`} role="status">{t(`checklist.verdict.${judged}`)}</span>}
        <span className="check-choices">
          {choices.map((choice) => (
            <label key={choice} className={`check-choice check-choice-${choice}`}>
              <input type={decidedByValue ? "checkbox" : "radio"} name={id} checked={state === choice} disabled={locked}
                onChange={(e) => choose(decidedByValue && !e.target.checked ? "unchecked" : choice)} />
              <span>{t(`checklist.result.${choice}`)}</span>
            </label>
          ))}
        </span>
        {!details && !locked && <button type="button" className="link" onClick={() => setOpened(true)}>{photos > 0 ? t("checklist.moreWithPhoto", { count: photos }) : t("checklist.more")}</button>}
      </div>
      {state === "na" && (
        <label className="check-extra check-wide">{t("checklist.naReason")}
          <input type="text" defaultValue={result?.naReason ?? ""} readOnly={locked} onChange={(e) => onPatch(item.code, { naReason: e.target.value })} />
        </label>
      )}
      {details && (
        <div className="check-details">
          {measured && <>
            <label className="check-extra">{t("checklist.instrument")}<input type="text" className="mono" defaultValue={result?.instrumentNo ?? ""} readOnly={locked} onChange={(e) => onPatch(item.code, { instrumentNo: e.target.value })} /></label>
            <label className="check-extra">{t("checklist.calibTo")}<input type="date" defaultValue={result?.calibTo ?? ""} readOnly={locked} onChange={(e) => onPatch(item.code, { calibTo: e.target.value })} /></label>
          </>}
          <label className="check-extra check-wide">{t(state === "fail" ? "checklist.noteNeeded" : "checklist.note")}<input type="text" defaultValue={result?.note ?? ""} readOnly={locked} onChange={(e) => onPatch(item.code, { note: e.target.value })} /></label>
          <div className="check-wide"><Files id={`${id}-photo`} ids={result?.photo ?? []} onChange={(photo) => onPatch(item.code, { photo })} locked={locked} several photo small caseId={caseId} taskId={taskId} /></div>
        </div>
      )}
      {error && <div className="field-error check-wide" role="alert">{error}</div>}
    </div>
  );
}, (a, b) => a.item === b.item && a.result === b.result && a.locked === b.locked && a.language === b.language && a.error === b.error && a.limits.lo === b.limits.lo && a.limits.hi === b.limits.hi && a.onPatch === b.onPatch);

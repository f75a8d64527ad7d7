import { useTranslation } from "react-i18next";
import { when } from "../time/words";
import type { DraftState } from "./drafts";

/** Where the input is safe at this moment. */
export function DraftNote({ state, savedAt }: { state: DraftState; savedAt: string | null }) {
  const { t } = useTranslation();
  const words = state === "saved" && savedAt ? t("draft.saved", { at: when(savedAt) }) : t(`draft.${state}`);
  return <span className={`draft draft-${state}`} role="status">{words}</span>;
}

import { useTranslation } from "react-i18next";
import { switchLanguage } from "../i18n";

/** Each language is named in itself, so that whoever cannot read this one finds the way out. */
export function LanguageSwitch() {
  const { i18n, t } = useTranslation();
  const options = [["zh-CN", "中文"], ["en", "English"]] as const;
  return (
    <div className="language" role="group" aria-label={t("shell.language")}>
      {options.map(([code, name]) => (
        <button key={code} type="button" lang={code} aria-pressed={i18n.language === code} onClick={() => void switchLanguage(code)}>
          {name}
        </button>
      ))}
    </div>
  );
}

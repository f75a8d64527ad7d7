import type { Language } from "@powerworkflow/api-client";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json";
import zh from "./zh-CN.json";

const cookie = "pw-lang";

/** The language this browser last chose; Chinese for whoever never chose. */
function chosen(): Language {
  const stored = document.cookie.split("; ").find((c) => c.startsWith(`${cookie}=`))?.slice(cookie.length + 1);
  return stored === "en" ? "en" : "zh-CN";
}

void i18next.use(initReactI18next).init({
  lng: chosen(),
  fallbackLng: false,
  resources: { "zh-CN": { translation: zh }, en: { translation: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});
document.documentElement.lang = i18next.language;
dayjs.locale(i18next.language === "en" ? "en" : "zh-cn");

/** The cookie tells the server, too: pages it renders itself and the designer follow the same choice. */
export async function switchLanguage(language: Language) {
  document.cookie = `${cookie}=${language}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.lang = language;
  dayjs.locale(language === "en" ? "en" : "zh-cn");
  await i18next.changeLanguage(language);
}

export const currentLanguage = (): Language => (i18next.language === "en" ? "en" : "zh-CN");

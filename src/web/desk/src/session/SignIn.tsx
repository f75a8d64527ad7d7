import type { Me } from "@powerworkflow/api-client";
import { useMutation } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { LanguageSwitch } from "../shell/LanguageSwitch";
import { Mark } from "../shell/Mark";
import { ProblemNote } from "../shell/states";
import { SingleLineDiagram } from "./SingleLineDiagram";

export function SignIn({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const { t } = useTranslation();
  const ids = { name: useId(), password: useId() };
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({ mutationFn: () => api.session.signIn(userName.trim(), password), onSuccess: onSignedIn });

  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (userName.trim() !== "" && password !== "") signIn.mutate();
  };

  return (
    <div className="sign-in">
      <div className="sign-in-side">
        <div className="sign-in-brand"><Mark /> <span>PowerWorkflow</span></div>
        <div>
          <h1>{t("signIn.headline")}</h1>
          <p>{t("signIn.lead")}</p>
        </div>
        <SingleLineDiagram />
      </div>
      <main className="sign-in-main">
        <div className="sign-in-language"><LanguageSwitch /></div>
        <form onSubmit={submit} aria-labelledby="sign-in-title" noValidate>
          <h2 id="sign-in-title">{t("signIn.title")}</h2>
          <label htmlFor={ids.name}>{t("signIn.userName")}</label>
          <Input id={ids.name} size="large" autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus value={userName} onChange={(e) => setUserName(e.target.value)} />
          <label htmlFor={ids.password}>{t("signIn.password")}</label>
          <Input.Password id={ids.password} size="large" autoComplete="current-password" value={password} onChange={(e) => setPassword(e.target.value)} />
          <div className="sign-in-problem">{signIn.error && <ProblemNote error={signIn.error} />}</div>
          <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending} disabled={userName.trim() === "" || password === ""}>
            {t("signIn.submit")}
          </Button>
          <p className="muted">{t("signIn.help")}</p>
        </form>
      </main>
    </div>
  );
}

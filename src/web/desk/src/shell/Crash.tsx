import { Button } from "antd";
import { Component, type ErrorInfo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What is typed is in the draft already, so starting the page again loses nothing. */
export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    console.error(error, info.componentStack);
  }

  override render() {
    return this.state.error ? <Broken message={this.state.error.message} /> : this.props.children;
  }
}

function Broken({ message }: { message: string }) {
  const { t } = useTranslation();
  return (
    <main className="state" role="alert">
      <h1>{t("state.crash.title")}</h1>
      <p>{t("state.crash.text")}</p>
      <p className="muted mono">{message}</p>
      <Button type="primary" onClick={() => location.reload()}>{t("state.reload")}</Button>
    </main>
  );
}

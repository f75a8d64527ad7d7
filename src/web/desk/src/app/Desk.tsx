import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntdApp, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { Session } from "../session/Session";
import { Crash } from "../shell/Crash";
import { Frame } from "../shell/Frame";
import { NotFound, PageLoading } from "../shell/states";
import { createQueries } from "./api";
import { theme } from "./theme";

const TaskList = lazy(() => import("../tasks/TaskList"));
const TaskPage = lazy(() => import("../tasks/TaskPage"));
const StartCase = lazy(() => import("../start/StartCase"));
const CaseList = lazy(() => import("../cases/CaseList"));
const CasePage = lazy(() => import("../cases/CasePage"));
const Deadlines = lazy(() => import("../deadlines/Deadlines"));
const Messages = lazy(() => import("../messages/Messages"));
const People = lazy(() => import("../people/People"));

export function Desk() {
  const [queries] = useState(createQueries);
  const { i18n } = useTranslation();
  return (
    <ConfigProvider theme={theme} locale={i18n.language === "en" ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <AntdApp>
        <QueryClientProvider client={queries}>
          <Crash>
            <BrowserRouter>
              <Session>
                <Frame>
                  <Suspense fallback={<PageLoading />}>
                    <Routes>
                      <Route path="/" element={<Navigate to="/tasks" replace />} />
                      <Route path="/tasks" element={<TaskList />} />
                      <Route path="/tasks/:taskId" element={<TaskPage />} />
                      <Route path="/start" element={<StartCase />} />
                      <Route path="/start/:definitionId" element={<StartCase />} />
                      <Route path="/cases" element={<CaseList />} />
                      <Route path="/cases/:caseId" element={<CasePage />} />
                      <Route path="/deadlines" element={<Deadlines />} />
                      <Route path="/messages" element={<Messages />} />
                      <Route path="/people" element={<People />} />
                      <Route path="*" element={<NotFound />} />
                    </Routes>
                  </Suspense>
                </Frame>
              </Session>
            </BrowserRouter>
          </Crash>
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}

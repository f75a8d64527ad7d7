import { ApiProblem, type Me } from "@powerworkflow/api-client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { PageLoading, ProblemPage } from "../shell/states";
import { SignIn } from "./SignIn";

const MeContext = createContext<Me | null>(null);

/** Whoever is signed in; pages below `Session` always have one. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error("useMe was called outside Session.");
  return me;
}

/** Asks who is signed in and shows the sign-in page in place, so that the address the person wanted stays. */
export function Session({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { i18n } = useTranslation();
  const session = useQuery({ queryKey: ["session"], staleTime: 5 * 60_000, queryFn: currentOrNobody });

  // Any other query that meets a 401 (signed out elsewhere, disabled, expired) leads back to the sign-in page.
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        const failure = event.type === "updated" && event.action.type === "error" ? event.action.error : null;
        if (failure instanceof ApiProblem && failure.status === 401) queries.setQueryData(["session"], null);
      }),
    [queries],
  );

  useEffect(() => {
    // Names come from the server in the language asked for.
    void queries.invalidateQueries();
  }, [i18n.language, queries]);

  if (session.isPending) return <PageLoading />;
  if (session.isError) return <ProblemPage error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === null) return <SignIn onSignedIn={(me) => queries.setQueryData(["session"], me)} />;
  return <MeContext value={session.data}>{children}</MeContext>;
}

async function currentOrNobody(): Promise<Me | null> {
  try {
    return await api.session.current();
  } catch (e) {
    if (e instanceof ApiProblem && e.status === 401) return null;
    throw e;
  }
}

import { ApiProblem, createClient, newCommandId, NoAnswer } from "@powerworkflow/api-client";
import { QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { currentLanguage } from "../i18n";

export const api = createClient({ language: currentLanguage });

/** A refusal is final until something changes; only silence is worth asking again. */
const worthRepeating = (times: number) => (count: number, error: Error) => error instanceof NoAnswer && count < times;

export function createQueries() {
  return new QueryClient({
    defaultOptions: {
      // "always": the desk tries and says what happened; TanStack's own idea of being offline would pause in silence.
      queries: { retry: worthRepeating(2), staleTime: 10_000, networkMode: "always", refetchOnWindowFocus: true },
      mutations: { retry: worthRepeating(2), retryDelay: 800, networkMode: "always" },
    },
  });
}

/**
 * Runs a command so that repeating it can never do it twice: the command id stays the same for the same input
 * until the server has answered. Afterwards everything shown is read again.
 */
export function useCommand<In, Out>(
  run: (input: In, commandId: string) => Promise<Out>,
  done?: { onSuccess?: (out: Out, input: In) => void; onError?: (error: Error) => void; /** What need not be read again: the task that is over. */ leaves?: [string, string] },
) {
  const queries = useQueryClient();
  const pending = useRef<{ input: string; id: string } | null>(null);

  return useMutation<Out, Error, In>({
    mutationFn: (input) => {
      const text = JSON.stringify(input);
      if (pending.current?.input !== text) pending.current = { input: text, id: newCommandId() };
      return run(input, pending.current.id);
    },
    onSuccess: (out, input) => {
      pending.current = null;
      done?.onSuccess?.(out, input);
      void queries.invalidateQueries({ predicate: (q) => !(done?.leaves && q.queryKey[0] === done.leaves[0] && q.queryKey[1] === done.leaves[1]) && (q.queryKey[0] === "tasks" || q.queryKey[0] === "cases" || q.queryKey[0] === "task" || q.queryKey[0] === "case") });
    },
    onError: (error) => {
      if (error instanceof ApiProblem) pending.current = null;
      done?.onError?.(error);
    },
  });
}

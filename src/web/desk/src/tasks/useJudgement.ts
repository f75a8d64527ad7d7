import type { CaseData, Judgement, TaskDetail } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../app/api";

/** What the judge would say now; null for a step without one. Asked when the typing rests. */
export function useJudgement(task: TaskDetail, data: CaseData): Judgement | null {
  const judged = task.permitted !== undefined && task.permitted !== null;
  const text = JSON.stringify(data);
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), 700);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useQuery({
    queryKey: ["judge", task.id, rested],
    queryFn: ({ signal }) => api.tasks.judge(task.id, JSON.parse(rested) as CaseData, signal),
    enabled: judged && task.canComplete,
    placeholderData: (old) => old,
    staleTime: Infinity,
    gcTime: 60_000,
    retry: false,
  });
  return judged ? (answer.data ?? { permitted: task.permitted!, reasons: [] }) : null;
}

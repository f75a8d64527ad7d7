import type { Task } from "@powerworkflow/api-client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../app/api";
import { Empty, ListLoading, ProblemNote } from "../shell/states";
import { TaskRow } from "../tasks/TaskRow";
import { zone } from "../time/words";
import { useNow } from "../time/useNow";

export type Light = "overdue" | "today" | "soon" | "week" | "later" | "unlimited";
const lights: Light[] = ["overdue", "today", "soon", "week", "later", "unlimited"];

/** Which light a task stands under; each has a word, the colour only repeats it. */
export function lightOf(task: Pick<Task, "dueAt" | "late">, now: Date): Light {
  if (!task.dueAt) return "unlimited";
  const due = new Date(task.dueAt);
  if (task.late === "late" || due < now) return "overdue";
  const day = (d: Date) => d.toLocaleDateString("sv-SE", { timeZone: zone });
  if (day(due) === day(now)) return "today";
  if (task.late === "soon") return "soon";
  return due.getTime() - now.getTime() <= 7 * 86_400_000 ? "week" : "later";
}

/** Everything that waits for me or my roles, by how pressing it is. */
export default function Deadlines() {
  const { t } = useTranslation();
  const now = useNow();
  const tasks = useQuery({
    queryKey: ["tasks", "deadlines"],
    queryFn: async () => {
      const [mine, role] = await Promise.all([api.tasks.list({ scope: "mine", take: 200 }), api.tasks.list({ scope: "role", take: 200 })]);
      return [...new Map([...mine.items, ...role.items].map((task) => [task.id, task])).values()].sort((a, b) => (a.dueAt ?? "9").localeCompare(b.dueAt ?? "9"));
    },
    refetchInterval: 60_000,
  });
  const under = (light: Light) => tasks.data?.filter((task) => lightOf(task, now) === light) ?? [];
  return (
    <div className="page">
      <div className="page-head"><h1>{t("deadlines.title")}</h1></div>
      {tasks.isError && <ProblemNote error={tasks.error} />}
      {tasks.isPending ? <ListLoading /> : (
        <>
          <ul className="lights">
            {lights.map((light) => (
              <li key={light} className={under(light).length > 0 ? `light light-${light}` : "light"}>
                <a href={`#light-${light}`}><strong>{under(light).length}</strong><span>{t(`deadlines.light.${light}`)}</span></a>
              </li>
            ))}
          </ul>
          {tasks.data?.length === 0 && <Empty title={t("deadlines.none")} />}
          {lights.map((light) => under(light).length > 0 && (
            <section key={light} id={`light-${light}`} className="light-section" aria-labelledby={`light-${light}-title`}>
              <h2 id={`light-${light}-title`}>{t(`deadlines.light.${light}`)} <span className="count">{under(light).length}</span></h2>
              <ul className="rows">{under(light).map((task) => <TaskRow key={task.id} task={task} />)}</ul>
            </section>
          ))}
        </>
      )}
    </div>
  );
}

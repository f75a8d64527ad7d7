import { ApiProblem, type CaseData } from "@powerworkflow/api-client";
import { useCallback, useEffect, useRef, useState } from "react";
import { api } from "../app/api";

/** What was typed and the server has not confirmed yet, kept in this browser. */
interface LocalCopy {
  values: CaseData;
  savedAt: string;
}

export type DraftState = "clean" | "saving" | "saved" | "local" | "unkept";

const keyOf = (person: string, task: string) => `pw-draft:${person}:${task}`;
const idle = 1_200;
const again = 15_000;

export function readLocal(person: string, task: string): LocalCopy | null {
  const text = localStorage.getItem(keyOf(person, task));
  if (text === null) return null;
  try {
    return JSON.parse(text) as LocalCopy;
  } catch (e) {
    if (!(e instanceof SyntaxError)) throw e;
    localStorage.removeItem(keyOf(person, task));
    return null;
  }
}

/** False when the browser has no room; the person must be told, because a closed page would then lose the input. */
function writeLocal(person: string, task: string, values: CaseData): boolean {
  try {
    localStorage.setItem(keyOf(person, task), JSON.stringify({ values, savedAt: new Date().toISOString() } satisfies LocalCopy));
    return true;
  } catch (e) {
    if (e instanceof DOMException) return false;
    throw e;
  }
}

export const forgetLocal = (person: string, task: string) => localStorage.removeItem(keyOf(person, task));

/**
 * Keeps the input of one task: in this browser with every change, on the server when the typing rests. An input left
 * behind by a crash or a lost connection is newer than what the server has, so it wins when the task is opened again.
 */
export function useDraft(person: string, task: string, fromServer: CaseData, serverSavedAt: string | null) {
  const [opened] = useState(() => {
    const local = readLocal(person, task);
    const recovered = local !== null && (serverSavedAt === null || local.savedAt > serverSavedAt);
    return { values: recovered ? local.values : fromServer, recovered };
  });
  const [values, setValues] = useState<CaseData>(opened.values);
  const [state, setState] = useState<DraftState>(opened.recovered ? "local" : serverSavedAt ? "saved" : "clean");
  const [savedAt, setSavedAt] = useState<string | null>(serverSavedAt);
  const latest = useRef(values);
  const dirty = useRef(opened.recovered);
  const closed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const send = useCallback(async () => {
    clearTimeout(timer.current);
    if (!dirty.current || closed.current) return;
    const sent = latest.current;
    setState((s) => (s === "unkept" ? s : "saving"));
    try {
      await api.tasks.saveDraft(task, sent);
      if (closed.current) return;
      if (latest.current === sent) {
        dirty.current = false;
        forgetLocal(person, task);
        setState("saved");
      }
      setSavedAt(new Date().toISOString());
    } catch (e) {
      if (closed.current) return;
      setState((s) => (s === "unkept" ? s : "local"));
      // A refusal (the task is gone, signed out) does not get better by repeating; silence may.
      if (!(e instanceof ApiProblem) || e.status >= 500) timer.current = setTimeout(() => void send(), again);
    }
  }, [person, task]);

  const change = useCallback((next: CaseData) => {
    latest.current = next;
    dirty.current = true;
    setValues(next);
    setState(writeLocal(person, task, next) ? "saving" : "unkept");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void send(), idle);
  }, [person, task, send]);

  useEffect(() => {
    closed.current = false;
    const online = () => void send();
    const hidden = () => document.visibilityState === "hidden" && void send();
    window.addEventListener("online", online);
    document.addEventListener("visibilitychange", hidden);
    if (dirty.current) void send();
    return () => {
      window.removeEventListener("online", online);
      document.removeEventListener("visibilitychange", hidden);
      // Leaving the page inside the desk: what is typed goes now, not when a timer that no longer exists fires.
      void send();
      clearTimeout(timer.current);
    };
  }, [send]);

  /** The task was completed: nothing is left to keep. */
  const close = useCallback(() => {
    closed.current = true;
    dirty.current = false;
    clearTimeout(timer.current);
    forgetLocal(person, task);
  }, [person, task]);

  return { values, change, state, savedAt, recovered: opened.recovered, flush: send, close };
}

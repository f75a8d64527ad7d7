import { useCallback, useState } from "react";

/** Input of a form that has no task yet, kept in this browser until it is sent. */
export function useKeptInput<T extends object>(key: string, initial: T) {
  const [value, setValue] = useState<T>(() => {
    const stored = localStorage.getItem(key);
    if (stored === null) return initial;
    try {
      return { ...initial, ...(JSON.parse(stored) as Partial<T>) };
    } catch (e) {
      if (!(e instanceof SyntaxError)) throw e;
      localStorage.removeItem(key);
      return initial;
    }
  });
  const keep = useCallback((next: T) => {
    setValue(next);
    localStorage.setItem(key, JSON.stringify(next));
  }, [key]);
  const forget = useCallback(() => localStorage.removeItem(key), [key]);
  return [value, keep, forget] as const;
}

import { useEffect, useRef, useState } from "react";

/** A search box that follows the keys at once and asks the server when the typing rests. */
export function useSearchText(initial: string, apply: (text: string | undefined) => void) {
  const [text, setText] = useState(initial);
  const applied = useRef(initial);
  const latest = useRef(apply);
  latest.current = apply;
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === applied.current) return;
    const timer = setTimeout(() => {
      applied.current = wanted;
      latest.current(wanted || undefined);
    }, 300);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    // The address changed from elsewhere (filters cleared, back button).
    if (initial !== applied.current) {
      applied.current = initial;
      setText(initial);
    }
  }, [initial]);
  return [text, setText] as const;
}

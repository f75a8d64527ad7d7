import type { Clock, ClockInterval, JournalItem } from "@powerworkflow/api-client";

/** What the journal says of one running of a clock. */
export interface ClockRecord {
  stoppedAt: string | null;
  /** The fact it stopped on, and by which policy row it is measured. */
  fact: string | null;
  policy: string | null;
  limit: number | null;
  kind: string | null;
  intervals: ClockInterval[];
}

interface Detail {
  at?: string;
  clock?: string;
  code?: string;
  fact?: string;
  policy?: string | null;
  limit?: number | null;
  kind?: string | null;
}

/** Running and paused stretches of a clock, read from the case's journal; `stops` says which pauses hold this clock. */
export function recordOf(clock: Clock, journal: JournalItem[], stops: (pauseCode: string, clock: string) => boolean): ClockRecord | null {
  const entries = journal.map((e) => ({ kind: e.kind, detail: (e.detail ?? {}) as Detail }));
  const starts = entries.map((e, i) => ({ ...e, i })).filter((e) => e.kind === "ClockStarted" && e.detail.clock === clock.code);
  const start = starts.find((e) => e.detail.at && Date.parse(e.detail.at) === Date.parse(clock.startedAt)) ?? starts.at(-1);
  if (!start) return null;
  const next = starts.find((e) => e.i > start.i)?.i ?? entries.length;
  const stop = entries.slice(start.i, next).find((e) => e.kind === "ClockStopped" && e.detail.clock === clock.code);
  const stoppedAt = stop?.detail.at ?? null;
  const [from, end] = [Date.parse(clock.startedAt), stoppedAt ? Date.parse(stoppedAt) : Infinity];

  const pauses: ClockInterval[] = [];
  for (const [i, e] of entries.entries()) {
    if (e.kind !== "ClockPaused" || !e.detail.code || !e.detail.at || !stops(e.detail.code, clock.code)) continue;
    const resumed = entries.slice(i).find((r) => r.kind === "ClockResumed" && r.detail.code === e.detail.code)?.detail.at ?? null;
    if (Date.parse(e.detail.at) >= end || (resumed !== null && Date.parse(resumed) <= from)) continue;
    pauses.push({ kind: "paused", pauseCode: e.detail.code, from: Date.parse(e.detail.at) < from ? clock.startedAt : e.detail.at, to: resumed !== null && Date.parse(resumed) < end ? resumed : stoppedAt });
  }

  const intervals: ClockInterval[] = [];
  let at: string | null = clock.startedAt;
  for (const pause of pauses.sort((a, b) => Date.parse(a.from) - Date.parse(b.from))) {
    if (at !== null && Date.parse(pause.from) > Date.parse(at)) intervals.push({ kind: "running", from: at, to: pause.from });
    intervals.push(pause);
    // Overlapping pauses are one standstill: the clock goes on after the last of them.
    at = at === null || pause.to === null ? null : Date.parse(pause.to) > Date.parse(at) ? pause.to : at;
  }
  if (at !== null && Date.parse(at) < end) intervals.push({ kind: "running", from: at, to: stoppedAt });
  return { stoppedAt, fact: stop?.detail.fact ?? null, policy: start.detail.policy ?? null, limit: start.detail.limit ?? null, kind: start.detail.kind ?? null, intervals };
}

import { call, problemOf, rawFetch, sentence, type Problem } from './api';
import { notify, withdraw } from './notices';
import { showProblems } from './problems';
import { clock, say } from './text';

/** What this page knows of the definition's revisions, per definition id. */
interface Line {
  /** The revision this page's model is based on: what was loaded, or what our last save made. */
  base: string | null;
  sequence: number;
  /** Our last save as long as its answer has not come: the Studio repeats it after 2, 4 and 8 s, and a repeat keeps its number. */
  pending: { body: string; sequence: number } | null;
}

interface Kept {
  body: string;
  base: string | null;
  at: string;
}

const session = crypto.randomUUID();
const lines = new Map<string, Line>();
const keptKey = (definitionId: string) => `pw-studio-unsaved:${definitionId}`;
const newDefinition = '(new)';

const state: { open: number; showState: (text: string, failed: boolean) => void } = { open: 0, showState: () => {} };

/** Tells how saving stands, for the header. */
export function onSaveState(show: (text: string, failed: boolean) => void): void {
  state.showState = show;
}

/** Whether a save is on its way. */
export const saving = (): boolean => state.open > 0;

export const editorSession = session;
export const baseRevision = (definitionId: string): string | null => lines.get(definitionId)?.base ?? null;

/** A definition was loaded: later saves are based on its revision. */
export function loaded(definitionId: string, revision: string | null): void {
  const line = lineOf(definitionId);
  if (revision && !line.pending) line.base = revision;
}

function lineOf(definitionId: string): Line {
  let line = lines.get(definitionId);
  if (!line) lines.set(definitionId, line = { base: null, sequence: 0, pending: null });
  return line;
}

/**
 * Sends a save of the Studio with its base revision, editor session and number, so that the server can refuse a stale base, ignore a late repeat and
 * answer a repeat identically. The body is kept in this browser until the server has it: a crash of either side loses nothing.
 */
export async function save(url: string, body: string, headers: Headers, send: (request: Request) => Promise<Response>): Promise<Response> {
  const definitionId = definitionOf(body);
  const line = lineOf(definitionId);
  if (line.pending?.body !== body) line.pending = { body, sequence: ++line.sequence };
  const mine = line.pending;
  keep(definitionId, { body, base: line.base, at: new Date().toISOString() });
  state.open++;
  state.showState(say('saving'), false);
  try {
    const response = await send(request(url, body, headers, line.base, mine.sequence));
    const revision = response.headers.get('X-Studio-Revision');
    if (response.ok || (revision && response.status < 500)) {
      if (line.pending === mine) line.pending = null;
      if (revision) line.base = revision;
      if (line.pending === null) forget(definitionId);
      withdraw('save');
      state.showState(say('saved', { time: clock(new Date()) }), false);
      if (!response.ok) showProblems(await problemOf(response));
      return response;
    }
    if (response.status >= 500) {
      unreachable(say('offline'));
      return response;
    }
    line.pending = null;
    state.showState(say('notSaved'), true);
    const problem = await problemOf(response);
    refused(definitionId, url, body, headers, problem);
    return asValidationProblem(problem);
  } catch (failure) {
    unreachable(say('offline'));
    throw failure;
  } finally {
    state.open--;
  }
}

function unreachable(text: string): void {
  state.showState(say('notSaved'), true);
  notify({ kind: 'save', level: 'error', text, actions: [{ text: say('retryNow'), do: () => void resend() }] });
}

/** Sends again what the Studio has given up. */
async function resend(): Promise<void> {
  for (const [definitionId, line] of lines) {
    if (!line.pending) continue;
    const response = await save('/elsa/api/workflow-definitions', line.pending.body, new Headers({ 'Content-Type': 'application/json' }), rawFetch);
    if (response.ok && definitionId === newDefinition) location.reload();
  }
}

addEventListener('online', () => void resend().catch(() => { /* Still away: the notice with its button stays. */ }));

function request(url: string, body: string, headers: Headers, base: string | null, sequence: number): Request {
  const all = new Headers(headers);
  all.set('X-PowerWorkflow', '1');
  all.set('X-Studio-Session', session);
  all.set('X-Studio-Sequence', String(sequence));
  if (base) all.set('X-Studio-Base-Revision', base);
  return new Request(url, { method: 'POST', body, headers: all, credentials: 'same-origin' });
}

function refused(definitionId: string, url: string, body: string, headers: Headers, problem: Problem): void {
  const again = (extra: Record<string, string>) => {
    const all = new Headers(headers);
    for (const [name, value] of Object.entries(extra)) all.set(name, value);
    withdraw('save');
    void save(url, body, all, rawFetch).then(response => { if (response.ok) location.reload(); });
  };
  const theirs = () => location.reload();
  switch (problem.type) {
    case '/problems/stale-revision':
      notify({
        kind: 'save', level: 'error', closable: false, text: `${say('staleTitle')}: ${sentence(problem)} ${say('staleKeep')}`,
        actions: [
          { text: say('staleTheirs'), do: theirs },
          { text: say('staleMine'), do: () => { lineOf(definitionId).base = String(problem.revision ?? ''); again({}); } },
        ],
      });
      break;
    case '/problems/all-activities-dropped':
      notify({
        kind: 'save', level: 'error', closable: false, text: say('emptied', { count: Number(problem.count ?? 0) }),
        actions: [
          { text: say('emptiedReload'), do: () => { forget(definitionId); location.reload(); } },
          { text: say('emptiedConfirm'), do: () => again({ 'X-Studio-Confirm-Empty': '1' }) },
        ],
      });
      break;
    default:
      notify({ kind: 'save', level: 'error', text: `${say('notSaved')}: ${sentence(problem)}` });
      showProblems(problem);
  }
}

/** What the Studio shows in its own red bar; any other refusal would be an unhandled failure in its runtime. */
export function asValidationProblem(problem: Problem): Response {
  const texts = problem.problems?.length ? problem.problems.map(p => (p.activity ? `${p.activity}: ${p.message}` : p.message)) : [sentence(problem)];
  return new Response(JSON.stringify({ statusCode: 400, message: sentence(problem), errors: { generalErrors: texts.slice(0, 5) } }),
    { status: 400, headers: { 'Content-Type': 'application/problem+json' } });
}

function definitionOf(body: string): string {
  try {
    return (JSON.parse(body) as { model?: { definitionId?: string | null } }).model?.definitionId ?? newDefinition;
  } catch {
    return newDefinition;
  }
}

function keep(definitionId: string, kept: Kept): void {
  try {
    localStorage.setItem(keptKey(definitionId), JSON.stringify(kept));
  } catch {
    // The browser's store is full or closed to us: the save itself still goes out, only the copy against a crash is missing.
    console.warn(`No room to keep a copy of the unsaved changes of ${definitionId}.`);
  }
}

const forget = (definitionId: string) => localStorage.removeItem(keptKey(definitionId));

/** Offers what an earlier page could not save. */
export function offerKept(definitionId: string): void {
  const text = localStorage.getItem(keptKey(definitionId));
  if (!text) return;
  const kept = JSON.parse(text) as Kept;
  notify({
    kind: 'kept', level: 'warning', closable: false, text: say('draftFound', { time: clock(new Date(kept.at)) }),
    actions: [
      {
        text: say('restore'), do: async () => {
          const current = await call<{ revision: string }>(`/elsa/api/studio/editing/${encodeURIComponent(definitionId)}`);
          lineOf(definitionId).base = kept.base && kept.base !== current.revision ? kept.base : current.revision;
          withdraw('kept');
          const model = JSON.parse(kept.body) as { model: object };
          const response = await save('/elsa/api/workflow-definitions', JSON.stringify({ ...model, publish: false }),
            new Headers({ 'Content-Type': 'application/json' }), rawFetch);
          if (response.ok) location.reload();
        },
      },
      { text: say('discard'), do: () => { forget(definitionId); withdraw('kept'); } },
    ],
  });
}

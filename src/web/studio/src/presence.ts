import { call } from './api';
import { notify, withdraw } from './notices';
import { baseRevision, editorSession, saving } from './saves';
import { me } from './session';
import { clock, say } from './text';

interface Editing {
  revision: string;
  revisionBy: string;
  revisionAt: string;
  revisionSession: string | null;
  others: { person: string; name: string }[];
}

const every = 10_000;

/** Tells when somebody else has the same definition open, and when a newer revision than ours was saved elsewhere. */
export function watchOthers(definitionId: string): void {
  let told = '';
  const look = async () => {
    const editing = await call<Editing>(`/elsa/api/studio/editing/${encodeURIComponent(definitionId)}`, { method: 'POST', body: { session: editorSession } });
    const names = editing.others.map(other => other.name);
    const here = names.join('、');
    if (here !== told) {
      told = here;
      if (here) notify({ kind: 'others', level: 'info', text: say('othersHere', { names: here }) });
      else withdraw('others');
    }
    const base = baseRevision(definitionId);
    if (base && editing.revision !== base && editing.revisionSession !== editorSession && !saving())
      notify({
        kind: 'newer', level: 'warning', text: say('othersSaved', { name: editing.revisionBy, time: clock(new Date(editing.revisionAt)) }),
        actions: [{ text: say('reload'), do: () => location.reload() }],
      });
  };
  const loop = () => {
    if (me()) look().catch((failure: unknown) => console.warn('The other editors are not known just now.', failure)).finally(() => setTimeout(loop, every));
    else setTimeout(loop, every);
  };
  setTimeout(loop, 3_000);
}

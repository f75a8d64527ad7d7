import { call, Refused } from './api';
import { button, element } from './dom';
import { isPublishButton } from './landmarks';
import { pages } from './navigation';
import { notify } from './notices';
import { showProblems } from './problems';
import { baseRevision, saving } from './saves';
import { clock, language, say } from './text';

interface Foresight {
  version: number;
  against: number | null;
  changes: { kind: string; activity: string; text: string }[];
  problems: { activity: string | null; message: string; severity: string }[];
  effect: string[];
  units: { code: string; name: string }[];
}

/**
 * The Studio's own Publish button opens this panel instead of publishing at once: what has changed, what it means for the open cases, from when and for
 * whom. The button's click never reaches the Studio.
 */
export function interceptPublish(definitionId: string): void {
  addEventListener('click', event => {
    if (!isPublishButton(event.target as Element | null)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void openPublishing(definitionId);
  }, true);
}

export async function openPublishing(definitionId: string): Promise<void> {
  document.getElementById('pw-publish')?.remove();
  const body = element('div', {}, element('p', { textContent: say('publishLoading') }));
  const panel = element('aside', { id: 'pw-publish', className: 'pw-panel' }, element('h2', { textContent: say('publishTitle') }), body);
  document.body.append(panel);
  try {
    await settled();
    const foresight = await call<Foresight>(`/elsa/api/studio/foresight/${encodeURIComponent(definitionId)}`);
    body.replaceChildren(...content(definitionId, foresight, panel));
  } catch (refused) {
    body.replaceChildren(element('p', { className: 'pw-failure', textContent: (refused as Error).message }), button(say('close'), () => panel.remove()));
  }
}

/** Waits for the automatic save: it comes half a second after the last change. */
async function settled(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, 700));
  while (saving()) await new Promise(resolve => setTimeout(resolve, 100));
}

function content(definitionId: string, foresight: Foresight, panel: HTMLElement): HTMLElement[] {
  const errors = foresight.problems.filter(problem => problem.severity !== 'warning');
  const from = element('input', { type: 'date', name: 'effectiveFrom' });
  const region = element('select', { name: 'region' }, element('option', { value: '', textContent: '—' }),
    ...foresight.units.map(unit => element('option', { value: unit.code, textContent: `${unit.code} ${unit.name}` })));
  const go = button(say('publishDo'), () => void publish(), 'pw-primary');
  go.disabled = errors.length > 0;

  async function publish(): Promise<void> {
    go.disabled = true;
    go.textContent = say('publishBusy');
    try {
      const base = baseRevision(definitionId);
      const done = await call<{ workflowDefinition: { version: number } }>(`/elsa/api/workflow-definitions/${encodeURIComponent(definitionId)}/publish`, {
        method: 'POST',
        body: { effectiveFrom: from.value || null, region: region.value || null },
        headers: base ? { 'X-Studio-Base-Revision': base } : {},
      });
      sessionStorage.setItem('pw-published', say('publishDone', { version: done.workflowDefinition.version }));
      location.assign(pages.definition(definitionId));
    } catch (refused) {
      go.textContent = say('publishDo');
      panel.remove();
      if (refused instanceof Refused) {
        notify({ kind: 'publish', level: 'error', text: refused.message });
        showProblems(refused.problem);
      } else throw refused;
    }
  }

  const list = (items: string[], empty: string) => items.length
    ? element('ul', {}, ...items.map(text => element('li', { textContent: text })))
    : element('p', { textContent: empty });
  return [
    element('h3', { textContent: say('publishChanges') }),
    foresight.against === null ? element('p', { textContent: say('publishFirst') }) : list(foresight.changes.map(change => change.text), say('publishNoChange')),
    element('h3', { textContent: say('publishEffect') }),
    list(foresight.effect, '—'),
    element('h3', { textContent: say('problems') }),
    foresight.problems.length
      ? element('ol', {}, ...foresight.problems.map(problem => element('li', { className: problem.severity === 'warning' ? 'pw-mild' : '' },
        problem.activity ? element('strong', { textContent: `${problem.activity} ` }) : null, problem.message)))
      : element('p', { textContent: say('problemsNone') }),
    element('label', {}, say('publishFrom'), from),
    element('label', {}, say('publishRegion'), region),
    element('div', { className: 'pw-actions' }, button(say('cancel'), () => panel.remove()), go),
  ];
}

/** After the page has come back from publishing. */
export function tellPublished(): void {
  const text = sessionStorage.getItem('pw-published');
  if (!text) return;
  sessionStorage.removeItem('pw-published');
  notify({ kind: 'publish', level: 'info', text });
}

interface Revision {
  revision: string;
  number: number;
  savedAt: string;
  savedBy: string;
  version: number;
  summary: string;
}

/** Every save of this definition, by whom and when; each can be brought back. */
export async function openRevisions(definitionId: string): Promise<void> {
  document.getElementById('pw-revisions')?.remove();
  const list = element('ol', { className: 'pw-revisions' });
  const panel = element('aside', { id: 'pw-revisions', className: 'pw-panel' }, element('h2', { textContent: say('revisions') }), list, button(say('close'), () => panel.remove()));
  document.body.append(panel);
  const { items } = await call<{ items: Revision[] }>(`/elsa/api/studio/revisions/${encodeURIComponent(definitionId)}`);
  list.replaceChildren(...items.map((revision, index) => element('li', {},
    element('strong', { textContent: `${revision.number}` }),
    ` ${clock(new Date(revision.savedAt))} ${revision.savedBy} ${language === 'en' ? `v${revision.version}` : `第 ${revision.version} 版`} ${revision.summary} `,
    index > 0 && button(say('revisionBack'), async () => {
      await call(`/elsa/api/studio/revisions/${encodeURIComponent(definitionId)}/restore`, {
        method: 'POST', body: { revision: revision.revision }, headers: { 'X-Studio-Base-Revision': baseRevision(definitionId) ?? '' },
      });
      location.reload();
    }))));
}
